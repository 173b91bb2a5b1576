using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PinnSweep.Cluster.Security;

/// <summary>
/// Says which certificates the private authorities of a cluster signed. There is one, or while one takes over from another both; the
/// machine's own authorities do not count.
/// </summary>
internal sealed class TrustedAuthority : IDisposable
{
    private readonly ImmutableArray<X509Certificate2> _authorities;

    internal TrustedAuthority(ImmutableArray<X509Certificate2> authorities) => _authorities = authorities;

    /// <summary>The authorities themselves.</summary>
    internal ImmutableArray<X509Certificate2> Authorities => _authorities;

    /// <summary>The authorities of a PEM file.</summary>
    /// <exception cref="PinnSweep.Studies.Mistakes.UserMistakeException">It cannot be read.</exception>
    public static TrustedAuthority Load(string path) => new(PemFiles.Authorities(path, "pinnsweep certs init makes one"));

    /// <summary>Null when the certificate is signed by one of the authorities and in force; else why it is not trusted.</summary>
    public string? WhyNot(X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return "no certificate was shown";
        }

        // One after the other: they have the same name, and which of them a chain is tried with is not left to the system's library.
        var reasons = new List<string>();
        foreach (var authority in _authorities)
        {
            if (WhyNot(certificate, authority) is not { } reason)
            {
                return null;
            }

            reasons.Add(reason);
        }

        return string.Join("; ", reasons.Distinct());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var authority in _authorities)
        {
            authority.Dispose();
        }
    }

    private static string? WhyNot(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                // A private authority publishes no list of what it takes back: nodes are taken out by a new authority.
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        };
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        try
        {
            return chain.Build(certificate) ? null : string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct());
        }
        catch (CryptographicException unreadable)
        {
            return unreadable.Message;
        }
        finally
        {
            foreach (var element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }
}
