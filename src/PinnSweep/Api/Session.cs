using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace PinnSweep.Api;

/// <summary>
/// What a browser keeps in place of a token: <c>EXPIRY.NONCE.MAC</c>, where MAC is HMAC-SHA-256 of the rest under the token's hash. No node
/// stores it, every node with the same file of tokens takes it, and it ends with its time or when its token leaves the file.
/// </summary>
internal static class Session
{
    private const string Prefix = "pinnsweep-session";

    /// <summary>How long one lasts.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    private const int LongestValue = 200;

    /// <summary>
    /// The cookie's name. Cookies are a host's and not a port's, and several nodes of one machine shall not end one another's sessions.
    /// </summary>
    public static string CookieOf(HttpRequest request) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{(request.Host.Port is { } port ? $"-{port}" : "")}");

    /// <summary>A new one under a token, which was looked up before.</summary>
    public static string Begin(string token, DateTimeOffset until)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{until.ToUnixTimeSeconds()}.{WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(12))}");
        return $"{signed}.{WebEncoders.Base64UrlEncode(TokenFile.Sign(token, Text(signed)))}";
    }

    /// <summary>What it allows now; null for one that is over, forged, or of a token that is not in the file.</summary>
    public static Role? RoleOf(string value, TokenFile tokens, DateTimeOffset now)
    {
        var at = value.LastIndexOf('.');
        if (value.Length > LongestValue || at < 0 || MacOf(value) is not { } mac || tokens.SignerOf(Text(value[..at]), mac) is not { } role)
        {
            return null;
        }

        // Read only once it is known to be of this program's making.
        var expiry = long.Parse(value.AsSpan(0, value.IndexOf('.', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);
        return now.ToUnixTimeSeconds() < expiry ? role : null;
    }

    /// <summary>
    /// What forms carry to show that a page of this node made them: a keyed hash of something that only the node and this caller know.
    /// </summary>
    public static string FormValue(ReadOnlySpan<byte> secret) => WebEncoders.Base64UrlEncode(HMACSHA256.HashData(secret, "pinnsweep form"u8));

    /// <summary>The same for a caller with a session.</summary>
    public static string FormValue(string session) => FormValue(Encoding.UTF8.GetBytes(session));

    private static byte[] Text(string signed) => Encoding.ASCII.GetBytes($"pinnsweep session {signed}");

    private static byte[]? MacOf(string value)
    {
        try
        {
            return WebEncoders.Base64UrlDecode(value[(value.LastIndexOf('.') + 1)..]);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
