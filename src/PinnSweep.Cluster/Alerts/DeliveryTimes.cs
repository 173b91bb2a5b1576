using System.Security.Cryptography;
using System.Text;

namespace PinnSweep.Cluster.Alerts;

/// <summary>When an alert is tried again.</summary>
/// <param name="First">The pause after the first try; it doubles with each.</param>
/// <param name="Longest">The longest pause.</param>
/// <param name="GiveUpAfter">From here on an alert is no news any more.</param>
public sealed record DeliveryTimes(TimeSpan First, TimeSpan Longest, TimeSpan GiveUpAfter)
{
    /// <summary>What nodes use.</summary>
    public static DeliveryTimes Default { get; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(15), TimeSpan.FromDays(1));

    /// <summary>
    /// The pause after a try: from half of it to all of it, so that what failed together does not come back together. Which part follows
    /// from what is sent, so that nothing here is left to chance.
    /// </summary>
    internal TimeSpan Pause(string alert, string hook, int attempts)
    {
        const int MostDoublings = 30;
        var doubled = Math.Min(First.TotalSeconds * Math.Pow(2, Math.Clamp(attempts - 1, 0, MostDoublings)), Longest.TotalSeconds);
        var part = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{alert}\n{hook}\n{attempts}")))[0] / 255.0;
        return TimeSpan.FromSeconds(doubled * (0.5 + (0.5 * part)));
    }
}
