using PinnSweep.Jets.Engines.Gpu;
using PinnSweep.Studies.Messages;

namespace PinnSweep.Trainer;

/// <summary>
/// Which kind of failure ended an attempt. A trainer touches the files of its attempt and its own libraries and no others, so whatever
/// fails there is the machine's fault.
/// </summary>
internal static class FailureKind
{
    public static string Of(Exception failure) => failure switch
    {
        OutOfMemoryException => TrainerProtocol.Failed.OutOfMemory,

        GpuLostException => TrainerProtocol.Failed.Device,
        DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or FileLoadException => TrainerProtocol.Failed.Library,
        FileNotFoundException when failure.Message.StartsWith("Could not load", StringComparison.Ordinal) => TrainerProtocol.Failed.Library,
        IOException or UnauthorizedAccessException => TrainerProtocol.Failed.Disk,
        { InnerException: { } inner } => Of(inner),
        _ => TrainerProtocol.Failed.Error,
    };
}
