using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PinnSweep.Storage.Files;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Security;

/// <summary>What the three files of a node's folder say at one moment.</summary>
/// <param name="Certificate">The node's certificate with its key.</param>
/// <param name="Trusted">Whose certificates it accepts.</param>
internal sealed record NodeIdentity(X509Certificate2 Certificate, TrustedAuthority Trusted)
{
    private const string Remedy = "pinnsweep certs init DIR --node NAME makes a folder for each node";

    private static readonly string[] Files = [TlsFiles.Authority, TlsFiles.Node, TlsFiles.NodeKey];

    /// <summary>Reads them.</summary>
    /// <exception cref="UserMistakeException">A file is missing, unreadable, open to others, out of date, or of another
    /// authority.</exception>
    public static NodeIdentity Read(string folder, TimeProvider clock)
    {
        if (!Directory.Exists(folder))
        {
            throw new UserMistakeException($"--tls {folder}: there is no such folder; {Remedy}");
        }

        var key = Path.Combine(folder, TlsFiles.NodeKey);
        PrivateFiles.RequireSecret(key, key);
        var certificate = PemFiles.Load(folder, TlsFiles.Node, TlsFiles.NodeKey, Remedy);
        var trusted = TrustedAuthority.Load(Path.Combine(folder, TlsFiles.Authority));
        var file = Path.Combine(folder, TlsFiles.Node);
        if (certificate.NotAfter.ToUniversalTime() < clock.GetUtcNow())
        {
            throw new UserMistakeException($"{file}: ended on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}; have a new one made by pinnsweep certs renew");
        }

        return trusted.WhyNot(certificate) is { } reason
            ? throw new UserMistakeException($"{file}: is not signed by the {TlsFiles.Authority} beside it ({reason}); both must come from the same pinnsweep certs")
            : new(certificate, trusted);
    }

    /// <summary>Tells one state of the files from another; null while one of them cannot be read.</summary>
    public static string? StateOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            foreach (var file in Files)
            {
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file))));
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Its certificates, each with the name of its file.</summary>
    public ImmutableArray<(string File, X509Certificate2 Certificate)> All() =>
        [(TlsFiles.Node, Certificate), .. Trusted.Authorities.Select(authority => (TlsFiles.Authority, authority))];
}
