using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PinnSweep.Studies.Mistakes;
using static PinnSweep.Cluster.Security.CertificateFiles;

namespace PinnSweep.Cluster.Security;

/// <summary>
/// A private authority in a folder: the nodes of one cluster trust what it signed and nothing else. Every file can be read by its owner
/// alone. A new authority takes over in three steps (<see cref="RenewAuthority"/>, <see cref="Renew"/>, <see cref="Drop"/>), between which
/// both are trusted.
/// </summary>
public static class CertificateAuthority
{
    /// <summary>Makes the authority, and certificates of these nodes.</summary>
    /// <returns>Folders of the nodes.</returns>
    /// <exception cref="UserMistakeException">There is an authority already, or the folder cannot be written.</exception>
    public static ImmutableArray<string> Init(string folder, IReadOnlyCollection<NodeCertificate> nodes, TimeProvider clock) => Writing(folder, () =>
    {
        foreach (var name in (string[])[TlsFiles.Authority, TlsFiles.AuthorityKey])
        {
            if (File.Exists(Path.Combine(folder, name)))
            {
                throw new UserMistakeException($"{folder}: has an authority already ({name}), which every node of its cluster trusts; pinnsweep certs add {folder} NODE… makes certificates with it, pinnsweep certs renew {folder} --authority a new one, or choose another folder");
            }
        }

        RefuseTwins(nodes);
        MakeFolder(folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = clock.GetUtcNow();
        using var authority = CertificateSigning.NewAuthority(key, now);
        Write(Path.Combine(folder, TlsFiles.AuthorityKey), key.ExportPkcs8PrivateKeyPem());
        Write(Path.Combine(folder, TlsFiles.Authority), authority.ExportCertificatePem());
        return Sign(folder, authority, nodes, now);
    });

    /// <summary>Makes certificates of more nodes.</summary>
    /// <returns>Folders of the nodes.</returns>
    /// <exception cref="UserMistakeException">There is no authority, a node has a certificate already, or the folder cannot be
    /// written.</exception>
    public static ImmutableArray<string> Add(string folder, IReadOnlyCollection<NodeCertificate> nodes, TimeProvider clock) => Writing(folder, () =>
    {
        RefuseTwins(nodes);
        var now = clock.GetUtcNow();
        using var authority = InForce(folder, now);
        foreach (var node in nodes.Where(node => File.Exists(Path.Combine(folder, node.Name, TlsFiles.Node))))
        {
            throw new UserMistakeException($"{Path.Combine(folder, node.Name)}: this node has a certificate already; pinnsweep certs renew {folder} {node.Name} makes a new one, or choose another name");
        }

        return Sign(folder, authority, nodes, now);
    });

    /// <summary>Makes new certificates and keys of nodes that have them, with the same names, in the same files.</summary>
    /// <param name="folder">The folder of the authority.</param>
    /// <param name="names">Which; none for all.</param>
    /// <param name="clock">The clock.</param>
    /// <returns>Folders of the nodes.</returns>
    /// <exception cref="UserMistakeException">There is no authority, or no such node, or the folder cannot be written.</exception>
    public static ImmutableArray<string> Renew(string folder, IReadOnlyCollection<string> names, TimeProvider clock) => Writing(folder, () =>
    {
        var now = clock.GetUtcNow();
        using var authority = InForce(folder, now);
        var known = Nodes(folder);
        foreach (var name in names.Where(name => !known.Contains(name)))
        {
            throw new UserMistakeException($"{Path.Combine(folder, name)}: there is no certificate of a node to renew{NearestMatch.Hint(name, known)}; pinnsweep certs add {folder} {name} makes one");
        }

        return Sign(folder, authority, [.. (names.Count > 0 ? names : known).Select(name => NodeCertificate.Of(Path.Combine(folder, name), name))], now);
    });

    /// <summary>
    /// Makes a new authority that signs from now on, beside those that nodes trust: their own certificates stay, and the files of
    /// authorities name the new one too. Once every node has that file, <see cref="Renew"/> may follow.
    /// </summary>
    /// <returns>Folders of the nodes.</returns>
    /// <exception cref="UserMistakeException">There is no authority, or the folder cannot be written.</exception>
    public static ImmutableArray<string> RenewAuthority(string folder, TimeProvider clock) => Writing(folder, () =>
    {
        PemFiles.Authority(folder).Dispose();
        var now = clock.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = CertificateSigning.NewAuthority(key, now);
        var trusted = PemFiles.Authorities(Path.Combine(folder, TlsFiles.Authority), "").Where(earlier => earlier.NotAfter.ToUniversalTime() >= now);
        // In this order: were the second never written, the key would still fit to one of the first.
        Spread(folder, [authority, .. trusted]);
        Replace(Path.Combine(folder, TlsFiles.AuthorityKey), key.ExportPkcs8PrivateKeyPem());
        return FoldersOf(folder);
    });

    /// <summary>Ends the trust in every authority but the one that signs now.</summary>
    /// <returns>Folders of the nodes.</returns>
    /// <exception cref="UserMistakeException">A node has a certificate of another one still, or the folder cannot be written.</exception>
    public static ImmutableArray<string> Drop(string folder, TimeProvider clock) => Writing(folder, () =>
    {
        using var authority = InForce(folder, clock.GetUtcNow());
        using var alone = new TrustedAuthority([X509CertificateLoader.LoadCertificate(authority.RawData)]);
        foreach (var name in Nodes(folder))
        {
            var file = Path.Combine(folder, name, TlsFiles.Node);
            if (alone.WhyNot(PemFiles.Authorities(file, "")[0]) is { } reason)
            {
                throw new UserMistakeException($"{file}: is not signed by the newest authority ({reason}), so its node would be refused; pinnsweep certs renew {folder} first, and copy node.crt and node.key to every node");
            }
        }

        Spread(folder, [authority]);
        return FoldersOf(folder);
    });

    /// <summary>When the certificates of the folder end: those of the authority, and of each node.</summary>
    /// <exception cref="UserMistakeException">One cannot be read.</exception>
    public static ImmutableArray<CertificateEnd> Ends(string folder, TimeProvider clock) =>
        [.. CertificateEnd.OfFolder(folder, clock), .. FoldersOf(folder).SelectMany(node => CertificateEnd.OfFolder(node, clock)).Where(end => end.File == TlsFiles.Node)];

    private static ImmutableArray<string> Sign(string folder, X509Certificate2 authority, IEnumerable<NodeCertificate> nodes, DateTimeOffset now)
    {
        // All that are trusted, the ones before too.
        var trusted = File.ReadAllText(Path.Combine(folder, TlsFiles.Authority));
        var folders = ImmutableArray.CreateBuilder<string>();
        foreach (var node in nodes)
        {
            var own = Path.Combine(folder, node.Name);
            MakeFolder(own);
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var certificate = CertificateSigning.Sign(authority, key, node, now);
            Replace(Path.Combine(own, TlsFiles.Authority), trusted);
            Replace(Path.Combine(own, TlsFiles.NodeKey), key.ExportPkcs8PrivateKeyPem());
            Replace(Path.Combine(own, TlsFiles.Node), certificate.ExportCertificatePem());
            folders.Add(own);
        }

        return folders.ToImmutable();
    }

    private static X509Certificate2 InForce(string folder, DateTimeOffset now)
    {
        var authority = PemFiles.Authority(folder);
        return authority.NotAfter.ToUniversalTime() >= now
            ? authority
            : throw new UserMistakeException($"{Path.Combine(folder, TlsFiles.Authority)}: the authority ended on {authority.NotAfter.ToUniversalTime():yyyy-MM-dd}; pinnsweep certs renew {folder} --authority makes a new one");
    }

    private static void Spread(string folder, IEnumerable<X509Certificate2> authorities)
    {
        var text = string.Join('\n', authorities.Select(authority => authority.ExportCertificatePem()));
        foreach (var place in FoldersOf(folder).Prepend(folder))
        {
            Replace(Path.Combine(place, TlsFiles.Authority), text);
        }
    }

    private static ImmutableArray<string> Nodes(string folder) =>
        [.. Directory.EnumerateDirectories(folder).Where(own => File.Exists(Path.Combine(own, TlsFiles.Node))).Select(own => Path.GetFileName(own)).Order(StringComparer.Ordinal)];

    private static ImmutableArray<string> FoldersOf(string folder) => [.. Nodes(folder).Select(name => Path.Combine(folder, name))];

    private static void RefuseTwins(IReadOnlyCollection<NodeCertificate> nodes)
    {
        if (nodes.GroupBy(node => node.Name).FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new UserMistakeException($"node {twins.Key}: is named twice; each node needs a name of its own");
        }
    }
}
