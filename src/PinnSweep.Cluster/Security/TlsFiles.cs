namespace PinnSweep.Cluster.Security;

/// <summary>Names of the files that make a node trusted, as <c>pinnsweep certs</c> writes them and nodes read them.</summary>
public static class TlsFiles
{
    /// <summary>Certificate of the private authority, the same on every node.</summary>
    public const string Authority = "ca.crt";

    /// <summary>Key of the authority; stays where the certificates are made.</summary>
    public const string AuthorityKey = "ca.key";

    /// <summary>Certificate of a node.</summary>
    public const string Node = "node.crt";

    /// <summary>Key of a node.</summary>
    public const string NodeKey = "node.key";
}
