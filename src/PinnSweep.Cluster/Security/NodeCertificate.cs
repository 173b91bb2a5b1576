using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Security;

/// <summary>A node that is to get a certificate.</summary>
/// <param name="Name">Its name, and that of its folder.</param>
/// <param name="Hosts">Names and addresses under which it is reached.</param>
public sealed record NodeCertificate(string Name, ImmutableArray<string> Hosts)
{
    /// <summary>Reads <c>NAME</c> or <c>NAME:host,address…</c>; the name is a host too.</summary>
    /// <exception cref="UserMistakeException">It is neither.</exception>
    public static NodeCertificate Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? text : text[..colon];
        if (!IsName(name))
        {
            throw new UserMistakeException($"node {NearestMatch.Quote(name)}: expected a name of at most 63 letters, digits, '-', '_' and '.', beginning with a letter or digit, and none of {TlsFiles.Authority}, {TlsFiles.AuthorityKey}");
        }

        string[] hosts = colon < 0 ? [] : text[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var host in hosts.Where(host => !IPAddress.TryParse(host, out _) && Uri.CheckHostName(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host) != UriHostNameType.Dns))
        {
            throw new UserMistakeException($"node {name}: {NearestMatch.Quote(host)} is neither a host name nor an address; expected NAME:HOST,ADDRESS…, for instance {name}:{name}.lab.example,10.0.0.7");
        }

        return new(name, [.. hosts.Prepend(name).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>What the certificate in a node's folder says.</summary>
    /// <exception cref="UserMistakeException">It cannot be read.</exception>
    internal static NodeCertificate Of(string folder, string name)
    {
        using var certificate = PemFiles.Authorities(Path.Combine(folder, TlsFiles.Node), "pinnsweep certs add makes one")[0];
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SingleOrDefault();
        return new(name, names is null ? [name] : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())]);
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 63 && char.IsAsciiLetterOrDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
        && name is not (TlsFiles.Authority or TlsFiles.AuthorityKey);
}
