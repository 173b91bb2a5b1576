using System.Runtime.InteropServices;
using PinnSweep.Jets.Engines.Gpu;
using TorchSharp;

namespace PinnSweep.Jets.Engines.Torch;

/// <summary>
/// Whether a device still computes. After some errors a process has lost its card for good: whatever is asked of it then fails, in words that
/// differ from call to call, so that only asking tells.
/// </summary>
internal static class TorchDevice
{
    // Memory may suffice for another trial; an assertion is an operation's that refused its arguments.
    private static readonly string[] OfTrials = ["out of memory", "device-side assert"];

    /// <summary>What a failure is: the loss of the device, where that does nothing more, or itself.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="whyLost">Asks the device, for instance by <see cref="WhyLost"/>; null where it computes.</param>
    public static Exception Behind(Exception failure, Func<string?> whyLost) =>
        failure.GetBaseException() is ExternalException native && !IsOfTrial(native.Message) && whyLost() is { } lost && !IsOfTrial(lost)
            ? new GpuLostException($"the device does nothing more: {lost}; first it said: {failure.Message}", failure)
            : failure;

    /// <summary>What a device says in place of a sum; null where it computes.</summary>
    public static string? WhyLost(string device)
    {
        try
        {
            NativeTorch.Load();
            using var scope = torch.NewDisposeScope();
            var sum = torch.ones(2, device: torch.device(device)).sum().Entry();
            return sum == 2 ? null : FormattableString.Invariant($"1 + 1 is {sum} there");
        }
        catch (Exception failure)
        {
            return failure.Message.Split('\n')[0];
        }
    }

    private static bool IsOfTrial(string words) => OfTrials.Any(sign => words.Contains(sign, StringComparison.OrdinalIgnoreCase));
}
