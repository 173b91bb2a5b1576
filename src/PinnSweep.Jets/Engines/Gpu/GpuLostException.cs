namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>
/// The device or its driver failed in a way that this process cannot get over: whatever is asked of the device from now on fails as well. A
/// fault of the machine, not of a trial.
/// </summary>
public sealed class GpuLostException(string message, Exception? cause = null) : Exception(message, cause);
