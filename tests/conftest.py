"""For all tests: how long an example of a property takes on a busy machine is nobody's defect."""

from hypothesis import settings

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
