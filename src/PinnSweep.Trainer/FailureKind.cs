using PinnSweep.Jets.Engines.Gpu;
using PinnSweep.Studies.Messages;

namespace PinnSweep.Trainer;

/// <summary>
/// Which kind of failure ended an attempt. A trainer touches the files of its attempt and its own libraries and no others, so whatever
/// fails there is the machine's fault.
/// </summary>
internal static class FailureKind
{
    /// <summary>The kind and what to tell, after a look at the device where the failure itself says nothing of it.</summary>
    /// <param name="failure">What ended the attempt.</param>
    /// <param name="whyLost">Looks whether the device still computes; null where it does.</param>
    public static (string Kind, string Words) Of(Exception failure, Func<string?> whyLost)
    {
        var (kind, words) = (Of(failure), $"{failure.GetType().Name}: {failure.Message}");
        return kind == TrainerProtocol.Failed.Error && whyLost() is { } lost
            ? (TrainerProtocol.Failed.Device, $"the device does nothing more: {lost}; first it said: {words}")
            : (kind, words);
    }

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
