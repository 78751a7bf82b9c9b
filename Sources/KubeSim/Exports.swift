@_exported import KubeAPIServer
@_exported import KubeControllers
@_exported import KubeModel
@_exported import KubeNode
@_exported import KubePrograms
@_exported import KubeReconcile
@_exported import SimulationKernel
