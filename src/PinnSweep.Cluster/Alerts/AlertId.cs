using System.Security.Cryptography;
using System.Text;

namespace PinnSweep.Cluster.Alerts;

/// <summary>
/// Names alerts by what they tell, so that a coordinator that takes over finds what the last one told already, and a receiver what it got
/// already.
/// </summary>
internal static class AlertId
{
    private const int Digits = 32;

    /// <summary>The id of an alert.</summary>
    /// <param name="origin">The store: two clusters may train the same study.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="subject">To what: a study, a worker, a certificate.</param>
    /// <param name="occurrence">Which time.</param>
    public static string Of(string origin, AlertEvent kind, string subject, string occurrence) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', origin, kind.Word(), subject, occurrence))))[..Digits];
}
