using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PinnSweep.Studies;

namespace PinnSweep.Cluster.Security;

/// <summary>
/// A private authority in a folder: the nodes of one cluster trust what it signed and nothing else. Elliptic curve P-256; every file can be read
/// by its owner alone. An authority is never replaced, because every node would have to learn the new one.
/// </summary>
public static class CertificateAuthority
{
    private const int AuthorityYears = 10;
    private const int NodeYears = 2;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the authority, and certificates of these nodes.</summary>
    /// <returns>Folders of the nodes.</returns>
    /// <exception cref="UserMistakeException">There is an authority already, or the folder cannot be written.</exception>
    public static ImmutableArray<string> Init(string folder, IReadOnlyCollection<NodeCertificate> nodes, TimeProvider clock) => Writing(folder, () =>
    {
        foreach (var name in (string[])[TlsFiles.Authority, TlsFiles.AuthorityKey])
        {
            if (File.Exists(Path.Combine(folder, name)))
            {
                throw new UserMistakeException($"{folder}: has an authority already ({name}), which every node of its cluster trusts; pinnsweep certs add {folder} NODE… makes certificates with it, or choose another folder");
            }
        }

        RefuseTwins(nodes);
        MakeFolder(folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=PinnSweep cluster authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = clock.GetUtcNow();
        using var authority = request.CreateSelfSigned(Begin(now), now.AddYears(AuthorityYears));
        Write(Path.Combine(folder, TlsFiles.AuthorityKey), key.ExportPkcs8PrivateKeyPem());
        Write(Path.Combine(folder, TlsFiles.Authority), authority.ExportCertificatePem());
        return Sign(folder, authority, nodes, now);
    });

    /// <summary>Makes certificates of more nodes.</summary>
    /// <returns>Folders of the nodes.</returns>
    /// <exception cref="UserMistakeException">There is no authority, a node has a certificate already, or the folder cannot be written.</exception>
    public static ImmutableArray<string> Add(string folder, IReadOnlyCollection<NodeCertificate> nodes, TimeProvider clock) => Writing(folder, () =>
    {
        RefuseTwins(nodes);
        using var authority = PemFiles.Load(folder, TlsFiles.Authority, TlsFiles.AuthorityKey, "pinnsweep certs init makes an authority");
        var now = clock.GetUtcNow();
        if (authority.NotAfter.ToUniversalTime() < now)
        {
            throw new UserMistakeException($"{Path.Combine(folder, TlsFiles.Authority)}: the authority ended on {authority.NotAfter.ToUniversalTime():yyyy-MM-dd}; make a new one in another folder by pinnsweep certs init");
        }

        foreach (var node in nodes.Where(node => File.Exists(Path.Combine(folder, node.Name, TlsFiles.Node))))
        {
            throw new UserMistakeException($"{Path.Combine(folder, node.Name)}: this node has a certificate already; delete the folder to have a new one made, or choose another name");
        }

        return Sign(folder, authority, nodes, now);
    });

    private static ImmutableArray<string> Sign(string folder, X509Certificate2 authority, IEnumerable<NodeCertificate> nodes, DateTimeOffset now)
    {
        var folders = ImmutableArray.CreateBuilder<string>();
        foreach (var node in nodes)
        {
            var own = Path.Combine(folder, node.Name);
            MakeFolder(own);
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var certificate = Sign(authority, key, node, now);
            Write(Path.Combine(own, TlsFiles.NodeKey), key.ExportPkcs8PrivateKeyPem());
            Write(Path.Combine(own, TlsFiles.Node), certificate.ExportCertificatePem());
            Write(Path.Combine(own, TlsFiles.Authority), authority.ExportCertificatePem());
            folders.Add(own);
        }

        return folders.ToImmutable();
    }

    private static X509Certificate2 Sign(X509Certificate2 authority, ECDsa key, NodeCertificate node, DateTimeOffset now)
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

    private static void RefuseTwins(IReadOnlyCollection<NodeCertificate> nodes)
    {
        if (nodes.GroupBy(node => node.Name).FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new UserMistakeException($"node {twins.Key}: is named twice; each node needs a name of its own");
        }
    }

    /// <summary>Clocks of nodes differ a little.</summary>
    private static DateTimeOffset Begin(DateTimeOffset now) => now.AddHours(-1);

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <summary>New files only, and nobody else may read them, not even for a moment.</summary>
    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        using var writer = new StreamWriter(file) { NewLine = "\n" };
        writer.WriteLine(text);
    }

    private static ImmutableArray<string> Writing(string folder, Func<ImmutableArray<string>> write)
    {
        try
        {
            return write();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{folder}: certificates cannot be written here: {refused.Message}", refused);
        }
    }
}
