using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PinnSweep.Cluster.Security;

/// <summary>
/// Makes certificates: elliptic curve P-256, authorities for ten years, nodes for two and never longer than their authority.
/// </summary>
internal static class CertificateSigning
{
    private const int AuthorityYears = 10;
    private const int NodeYears = 2;

    /// <summary>An authority, with its key.</summary>
    public static X509Certificate2 NewAuthority(ECDsa key, DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=PinnSweep cluster authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(Begin(now), now.AddYears(AuthorityYears));
    }

    /// <summary>A certificate of a node.</summary>
    public static X509Certificate2 Sign(X509Certificate2 authority, ECDsa key, NodeCertificate node, DateTimeOffset now)
    {
        var request = new CertificateRequest($"CN={node.Name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        // Every node calls and is called.
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in node.Hosts)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        request.CertificateExtensions.Add(names.Build());
        var end = now.AddYears(NodeYears);
        var last = new DateTimeOffset(authority.NotAfter.ToUniversalTime());
        return request.Create(authority, Begin(now), end < last ? end : last, RandomNumberGenerator.GetBytes(16));
    }

    /// <summary>Clocks of nodes differ a little.</summary>
    private static DateTimeOffset Begin(DateTimeOffset now) => now.AddHours(-1);
}
