"""What a dashboard is made of, as data, and how Grafana's builders make it."""

from dataclasses import dataclass
from typing import Any

from grafana_foundation_sdk.builders import (
    bargauge,
    dashboard,
    heatmap,
    prometheus,
    stat,
    table,
    timeseries,
    xychart,
)
from grafana_foundation_sdk.builders import common as common_builders
from grafana_foundation_sdk.models import common
from grafana_foundation_sdk.models import dashboard as model
from grafana_foundation_sdk.models import xychart as xy
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

SOURCE = model.DataSourceRef(type_val="prometheus", uid="${datasource}")
OK, WARN, BAD, PLAIN = "green", "orange", "red", "blue"
Steps = tuple[tuple[float | None, str], ...]
NEUTRAL: Steps = ((None, PLAIN),)


@dataclass(frozen=True)
class Query:
    """``expr`` over the dashboard's time, or (``instant``) at its end."""

    expr: str
    legend: str = ""
    instant: bool = False


@dataclass(frozen=True)
class Mark:
    """What sets the series or column ``name`` off: colour, unit, the axis at the right."""

    name: str
    color: str = ""
    unit: str = ""
    right: bool = False


@dataclass(frozen=True)
class Panel:
    """``kind`` is a key of KINDS, ``why`` what it shows and when to worry, ``steps`` when."""

    title: str
    why: str
    kind: str
    unit: str
    queries: tuple[Query, ...]
    steps: Steps = NEUTRAL
    width: int = 12
    height: int = 8
    words: tuple[tuple[str, str, str], ...] = ()
    """Words in place of a value: value, word, colour."""
    interval: str = ""
    """The shortest step between points."""
    marks: tuple[Mark, ...] = ()
    nothing: str = ""
    """What is said where there is no data."""
    most: float | None = None
    """The axis goes up to it at least."""


@dataclass(frozen=True)
class Variable:
    """A choice above the dashboard: the values of ``label`` in ``series``."""

    name: str
    label: str
    series: str
    many: bool = False


@dataclass(frozen=True)
class Board:
    """A dashboard: rows of panels."""

    uid: str
    title: str
    why: str
    start: str
    refresh: str
    variables: tuple[Variable, ...]
    rows: tuple[tuple[str, tuple[Panel, ...]], ...]

    @property
    def panels(self) -> tuple[Panel, ...]:
        """All of them."""
        return tuple(panel for _, panels in self.rows for panel in panels)


def build(board: Board) -> Any:
    """The dashboard as Grafana's model has it."""
    made = (
        dashboard.Dashboard(board.title)
        .uid(board.uid)
        .description(board.why)
        .tags(["voicesim"])
        .time(board.start, "now")
        .refresh(board.refresh)
        .timezone("browser")
        .editable()
        .tooltip(model.DashboardCursorSync.CROSSHAIR)
        .with_variable(
            dashboard.DatasourceVariable("datasource").label("Source").type("prometheus")
        )
    )
    for variable in board.variables:
        made = made.with_variable(_variable(variable))
    for title, panels in board.rows:
        made = made.with_row(dashboard.Row(title))
        for panel in panels:
            made = made.with_panel(_panel(panel))
    return made.build()


def _variable(variable: Variable) -> Any:
    found = f"label_values({variable.series}, {variable.name})"
    made = (
        dashboard.QueryVariable(variable.name)
        .label(variable.label)
        .datasource(SOURCE)
        .query({"query": found, "refId": variable.name, "qryType": 1})
        .refresh(model.VariableRefresh.ON_TIME_RANGE_CHANGED)
        .sort(
            model.VariableSort.ALPHABETICAL_ASC
            if variable.many
            else model.VariableSort.ALPHABETICAL_DESC  # run ids begin with the time: latest first
        )
    )
    return made.multi(True).include_all(True).all_value(".*") if variable.many else made


def _panel(panel: Panel) -> Any:
    made = (
        KINDS[panel.kind](panel)
        .title(panel.title)
        .description(panel.why)
        .datasource(SOURCE)
        .unit(panel.unit)
        .span(panel.width)
        .height(panel.height)
        .thresholds(
            dashboard.ThresholdsConfig()
            .mode(model.ThresholdsMode.ABSOLUTE)
            .steps([model.Threshold(value=value, color=color) for value, color in panel.steps])
        )
    )
    if panel.words:
        made = made.mappings([_words(panel)])
    if panel.interval:
        made = made.interval(panel.interval)
    if panel.nothing:
        made = made.no_value(panel.nothing)
    for mark in panel.marks:
        made = made.override_by_name(mark.name, _marked(mark))
    for number, query in enumerate(panel.queries):
        made = made.with_target(_target(panel, number, query))
    return made


def _marked(mark: Mark) -> list[Any]:
    values: dict[str, Any] = {}
    if mark.color:
        values["color"] = {"mode": "fixed", "fixedColor": mark.color}
    if mark.unit:
        values["unit"] = mark.unit
    if mark.right:
        values |= {"custom.axisPlacement": "right", "custom.fillOpacity": 0}
    return [model.DynamicConfigValue(id_val=name, value=value) for name, value in values.items()]


def _words(panel: Panel) -> Any:
    options = {
        value: model.ValueMappingResult(text=word, color=color, index=number)
        for number, (value, word, color) in enumerate(panel.words)
    }
    return model.ValueMap(options=options)


def _target(panel: Panel, number: int, query: Query) -> Any:
    made = (
        prometheus.Dataquery()
        .expr(query.expr)
        .legend_format(query.legend or "__auto")
        .ref_id(chr(ord("A") + number))
        .datasource(SOURCE)
    )
    made = made.format(FORMATS.get(panel.kind, PromQueryFormat.TIME_SERIES))
    return made.instant() if query.instant else made.range()


FORMATS = {"heatmap": PromQueryFormat.HEATMAP, "table": PromQueryFormat.TABLE}


# --- kinds --------------------------------------------------------------------------------------


def _lines(panel: Panel) -> Any:
    many = any("{{" in query.legend for query in panel.queries)
    made = (
        timeseries.Panel()
        .line_width(2)
        .fill_opacity(0 if many else 8)
        .show_points(common.VisibilityMode.NEVER)
        .legend(_legend())
        .tooltip(common_builders.VizTooltipOptions().mode(common.TooltipDisplayMode.MULTI))
        .min(0)
    )
    if len(panel.steps) > 1:
        style = common.GraphThresholdsStyleMode.DASHED
        made = made.thresholds_style(common_builders.GraphThresholdsStyleConfig().mode(style))
    return made if panel.most is None else made.axis_soft_max(panel.most)


def _stacked(panel: Panel) -> Any:
    stack = common_builders.StackingConfig().mode(common.StackingMode.NORMAL)
    return _lines(panel).stacking(stack).fill_opacity(40)


def _columns(panel: Panel) -> Any:
    """Counts of a step on top of one another."""
    return _stacked(panel).draw_style(common.GraphDrawStyle.BARS).line_width(0).fill_opacity(80)


def _points(panel: Panel) -> Any:
    """Single runs: they are not joined."""
    return (
        _lines(panel)
        .draw_style(common.GraphDrawStyle.POINTS)
        .show_points(common.VisibilityMode.ALWAYS)
        .point_size(7)
    )


def _legend() -> Any:
    return (
        common_builders.VizLegendOptions()
        .show_legend(True)
        .display_mode(common.LegendDisplayMode.LIST)
        .placement(common.LegendPlacement.BOTTOM)
    )


def _last() -> Any:
    return common_builders.ReduceDataOptions().calcs(["lastNotNull"])


def _number(panel: Panel) -> Any:
    del panel
    return (
        stat.Panel()
        .reduce_options(_last())
        .color_mode(common.BigValueColorMode.BACKGROUND)
        .graph_mode(common.BigValueGraphMode.NONE)
        .text_mode(common.BigValueTextMode.VALUE)
        .color_scheme(_by_threshold())
    )


def _by_threshold() -> Any:
    return dashboard.FieldColor().mode(model.FieldColorModeId.THRESHOLDS)


def _bars(panel: Panel) -> Any:
    made = (
        bargauge.Panel()
        .reduce_options(_last())
        .orientation(common.VizOrientation.HORIZONTAL)
        .display_mode(common.BarGaugeDisplayMode.BASIC)
        .color_scheme(_by_threshold())
        .text(common_builders.VizTextDisplayOptions().title_size(14).value_size(18))
        .max_viz_height(60)
        .min(0)
    )
    return made if panel.most is None else made.max(panel.most)


def _heat(panel: Panel) -> Any:
    return (
        heatmap.Panel()
        .calculate(False)
        .y_axis(heatmap.YAxisConfig().unit(panel.unit).min(0))
        .cell_gap(1)
        .show_legend()
    )


def _rows(panel: Panel) -> Any:
    """The labels as columns; of several queries one row for each set of labels."""
    made = table.Panel().with_transformation(_transformed("merge", {}))
    hidden = {"Time": True, "__name__": True, "job": True, "instance": True, "schema": True}
    names = {f"Value #{chr(65 + n)}": query.legend for n, query in enumerate(panel.queries)}
    if len(panel.queries) == 1:
        names = {"Value": panel.queries[0].legend}
    options = {"excludeByName": hidden, "indexByName": {}, "renameByName": names}
    sorting = common_builders.TableSortByFieldState()
    most_first = sorting.display_name(panel.queries[0].legend).desc(True)
    return made.with_transformation(_transformed("organize", options)).sort_by([most_first])


def _against(panel: Panel) -> Any:
    """The second query over the first, a point for each instant."""
    del panel
    joined = {"byField": "Time", "mode": "outer"}
    hidden = {"excludeByName": {"Time": True}, "indexByName": {}, "renameByName": {}}
    return (
        xychart.Panel()
        .mapping(xy.SeriesMapping.AUTO)
        .with_transformation(_transformed("joinByField", joined))
        .with_transformation(_transformed("organize", hidden))
    )


def _transformed(name: str, options: dict[str, Any]) -> Any:
    return model.DataTransformerConfig(id_val=name, options=options)


KINDS = {
    "lines": _lines,
    "stacked": _stacked,
    "columns": _columns,
    "points": _points,
    "number": _number,
    "bars": _bars,
    "heatmap": _heat,
    "table": _rows,
    "against": _against,
}
