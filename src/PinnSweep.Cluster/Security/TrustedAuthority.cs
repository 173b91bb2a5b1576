using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PinnSweep.Cluster.Security;

/// <summary>Says which certificates a private authority signed. The machine's own authorities do not count.</summary>
public sealed class TrustedAuthority(X509Certificate2 authority) : IDisposable
{
    /// <summary>The authority of a PEM file.</summary>
    /// <exception cref="PinnSweep.Studies.UserMistakeException">It cannot be read.</exception>
    public static TrustedAuthority Load(string path) => new(PemFiles.Load(path, "pinnsweep certs init makes one"));

    /// <summary>Null when the certificate is signed by the authority and in force; else why it is not trusted.</summary>
    public string? WhyNot(X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return "no certificate was shown";
        }

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

    /// <inheritdoc/>
    public void Dispose() => authority.Dispose();
}
