using TorchSharp;

namespace PinnSweep.Jets.Engines.Torch;

/// <summary>
/// Whether a device still computes. After some errors a process has lost its card for good: whatever is asked of it then fails, in words that
/// differ from call to call, so that only asking tells.
/// </summary>
internal static class TorchDevice
{
    /// <summary>What a device says in place of a sum; null where it computes, and where it only has no memory left.</summary>
    public static string? WhyLost(string device)
    {
        try
        {
            NativeTorch.Load();
            using var scope = torch.NewDisposeScope();
            var sum = torch.ones(2, device: torch.device(device)).sum().Entry();
            return sum == 2 ? null : FormattableString.Invariant($"1 + 1 is {sum} there");
        }
        catch (Exception failure) when (!failure.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase))
        {
            return failure.Message.Split('\n')[0];
        }
        catch (Exception)
        {
            return null;
        }
    }
}
