using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace PinnSweep.Cluster.Security;

/// <summary>When a certificate ends, and how near that is.</summary>
/// <param name="File">The file it stands in.</param>
/// <param name="Name">Whom it names.</param>
/// <param name="At">Its end.</param>
/// <param name="Left">The time until then; less than nothing when it is over.</param>
public sealed record CertificateEnd(string File, string Name, DateTimeOffset At, TimeSpan Left)
{
    /// <summary>From here on it is worth a warning: time for a person to come back from a holiday.</summary>
    public static TimeSpan Notice { get; } = TimeSpan.FromDays(30);

    /// <summary>Whether somebody should do something about it.</summary>
    public bool IsNear => Left < Notice;

    /// <summary>What to do about it.</summary>
    public string Remedy => (File, Left < TimeSpan.Zero) switch
    {
        (TlsFiles.Node, _) => "pinnsweep certs renew DIR makes a new one; copy node.crt and node.key to the node, which reads them while it runs",
        (_, true) => "pinnsweep certs renew DIR --drop takes authorities out that are no longer needed",
        _ => "pinnsweep certs renew DIR --authority begins the change to a new authority; docs/operations.md has the steps",
    };

    /// <summary>The certificates of a folder as nodes have it.</summary>
    /// <exception cref="PinnSweep.Studies.Mistakes.UserMistakeException">One cannot be read.</exception>
    public static ImmutableArray<CertificateEnd> OfFolder(string folder, TimeProvider clock)
    {
        var ends = ImmutableArray.CreateBuilder<CertificateEnd>();
        foreach (var file in (string[])[TlsFiles.Node, TlsFiles.Authority])
        {
            var path = Path.Combine(folder, file);
            if (file == TlsFiles.Authority || Path.Exists(path))
            {
                foreach (var certificate in PemFiles.Authorities(path, "pinnsweep certs init makes one"))
                {
                    using (certificate)
                    {
                        ends.Add(Of(file, certificate, clock.GetUtcNow()));
                    }
                }
            }
        }

        return ends.ToImmutable();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{File} of {Name} {(Left < TimeSpan.Zero ? "ended" : "ends")} on {At:yyyy-MM-dd}{(Left < TimeSpan.Zero ? "" : $", in {Left.TotalDays:0} days")}");

    internal static CertificateEnd Of(string file, X509Certificate2 certificate, DateTimeOffset now)
    {
        var end = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        return new(file, certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), end, end - now);
    }
}
