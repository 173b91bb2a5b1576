using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PinnSweep.Cluster.Alerts;

/// <summary>
/// Signs what is sent: HMAC-SHA-256 (RFC 2104) with the hook's secret over the time of sending, a point and the body, so that nobody else
/// can make an alert or send an old one again.
/// </summary>
internal static class AlertSignature
{
    public const string Header = "X-PinnSweep-Signature";
    public const string TimestampHeader = "X-PinnSweep-Timestamp";
    public const string DeliveryHeader = "X-PinnSweep-Delivery";

    /// <summary>The time of sending, in seconds since 1970 (UTC).</summary>
    public static string Timestamp(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The value of the header.</summary>
    public static string Of(string secret, string timestamp, string body) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")))}";
}
