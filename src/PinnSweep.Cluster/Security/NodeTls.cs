using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Event;
using Akka.Remote.Hosting;
using PinnSweep.Studies;

namespace PinnSweep.Cluster.Security;

/// <summary>The certificates of a node: it shows its own to every other, and talks only to those that its authority signed.</summary>
public sealed class NodeTls
{
    private readonly TrustedAuthority _trusted;

    private NodeTls(X509Certificate2 certificate, TrustedAuthority trusted) => (Certificate, _trusted) = (certificate, trusted);

    /// <summary>The node's certificate with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The folder with ca.crt, node.crt and node.key, for remoting with mutual authentication.</summary>
    /// <exception cref="UserMistakeException">A file is missing, unreadable, out of date, or of another authority.</exception>
    public static SslOptions Load(string folder) => Open(folder, TimeProvider.System).Remoting();

    /// <summary>The folder with ca.crt, node.crt and node.key.</summary>
    /// <exception cref="UserMistakeException">A file is missing, unreadable, out of date, or of another authority.</exception>
    public static NodeTls Open(string folder, TimeProvider clock)
    {
        const string Remedy = "pinnsweep certs init DIR --node NAME makes a folder for each node";
        if (!Directory.Exists(folder))
        {
            throw new UserMistakeException($"--tls {folder}: there is no such folder; {Remedy}");
        }

        var certificate = PemFiles.Load(folder, TlsFiles.Node, TlsFiles.NodeKey, Remedy);
        var trusted = TrustedAuthority.Load(Path.Combine(folder, TlsFiles.Authority));
        var file = Path.Combine(folder, TlsFiles.Node);
        if (certificate.NotAfter.ToUniversalTime() < clock.GetUtcNow())
        {
            throw new UserMistakeException($"{file}: ended on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}; have a new one made by pinnsweep certs add");
        }

        return trusted.WhyNot(certificate) is { } reason
            ? throw new UserMistakeException($"{file}: is not signed by the {TlsFiles.Authority} beside it ({reason}); both must come from the same pinnsweep certs")
            : new(certificate, trusted);
    }

    /// <summary>For remoting: both sides show certificates. Names are not compared, because seeds may be addresses; whoever has a certificate of the cluster is a node of it.</summary>
    public SslOptions Remoting() => new()
    {
        X509Certificate = Certificate,
        RequireMutualAuthentication = true,
        ValidateCertificateHostname = false,
        SuppressValidation = false,
        CustomValidator = (certificate, _, peer, _, log) =>
        {
            var reason = _trusted.WhyNot(certificate);
            if (reason is not null)
            {
                log.Warning("refused the certificate of {0}: {1}", peer, reason);
            }

            return reason is null;
        },
    };

    /// <summary>For HTTPS to the cluster's own nodes: their authority counts beside the machine's, and the name must fit.</summary>
    public SocketsHttpHandler HttpHandler() => HttpHandler(_trusted);

    /// <summary>The same with an authority alone.</summary>
    public static SocketsHttpHandler HttpHandler(TrustedAuthority? trusted) => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(10),
        Expect100ContinueTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        AllowAutoRedirect = false,
        SslOptions = new()
        {
            RemoteCertificateValidationCallback = trusted is null ? null : (_, certificate, _, errors) => errors switch
            {
                SslPolicyErrors.None => true,
                SslPolicyErrors.RemoteCertificateChainErrors => trusted.WhyNot(certificate as X509Certificate2) is null,
                _ => false,
            },
        },
    };
}
