using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Event;
using Akka.Remote.Hosting;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Security;

/// <summary>
/// The certificates of a node: it shows its own to every other, and talks only to those that its authorities signed. The files are read
/// again when they change: what is connected stays so, and every new connection uses and accepts the new ones.
/// </summary>
public sealed class NodeTls
{
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private volatile NodeIdentity _identity;
    private string? _state;
    private string? _seen;
    private string? _refused;

    private NodeTls(string folder, TimeProvider clock)
    {
        (_folder, _clock) = (folder, clock);
        // The state first: what changes while it is read is seen as a change later.
        _state = NodeIdentity.StateOf(folder);
        _identity = NodeIdentity.Read(folder, clock);
    }

    /// <summary>Told of a new certificate, for whoever cannot ask each time.</summary>
    internal event Action<X509Certificate2>? Changed;

    /// <summary>The node's certificate with its key, as it is now.</summary>
    public X509Certificate2 Certificate => _identity.Certificate;

    /// <summary>The folder with ca.crt, node.crt and node.key.</summary>
    /// <exception cref="UserMistakeException">A file is missing, unreadable, out of date, or of another authority.</exception>
    public static NodeTls Load(string folder) => Open(folder, TimeProvider.System);

    /// <summary>The folder with ca.crt, node.crt and node.key.</summary>
    /// <exception cref="UserMistakeException">A file is missing, unreadable, open to others, out of date, or of another
    /// authority.</exception>
    public static NodeTls Open(string folder, TimeProvider clock) => new(folder, clock);

    /// <summary>
    /// For remoting: both sides show certificates. Names are not compared, because seeds may be addresses; whoever has a certificate of the
    /// cluster is a node of it.
    /// </summary>
    public SslOptions Remoting() => new()
    {
        X509Certificate = Certificate,
        RequireMutualAuthentication = true,
        ValidateCertificateHostname = false,
        SuppressValidation = false,
        CustomValidator = (certificate, _, peer, _, log) =>
        {
            var reason = WhyNot(certificate);
            if (reason is not null)
            {
                log.Warning("refused the certificate of {0}: {1}", peer, reason);
            }

            return reason is null;
        },
    };

    /// <summary>For HTTPS to the cluster's own nodes: their authorities count beside the machine's, and the name must fit.</summary>
    public SocketsHttpHandler HttpHandler() => HttpHandler(WhyNot);

    /// <summary>The same where somebody else says whom to trust; null leaves it to the machine's authorities.</summary>
    public static SocketsHttpHandler HttpHandler(Func<X509Certificate2?, string?>? whyNot) => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(10),
        Expect100ContinueTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        AllowAutoRedirect = false,
        SslOptions = new()
        {
            RemoteCertificateValidationCallback = whyNot is null ? null : (_, certificate, _, errors) => errors switch
            {
                SslPolicyErrors.None => true,
                SslPolicyErrors.RemoteCertificateChainErrors => whyNot(certificate as X509Certificate2) is null,
                _ => false,
            },
        },
    };

    /// <summary>When its certificates end.</summary>
    public ImmutableArray<CertificateEnd> Ends() => [.. _identity.All().Select(item => CertificateEnd.Of(item.File, item.Certificate, _clock.GetUtcNow()))];

    /// <summary>
    /// Looks at the files and takes them over when they changed. Files are written one after the other, so a change counts only when two
    /// looks in a row see the same; what does not fit together is refused, and what was before stays in force.
    /// </summary>
    /// <returns>What became of it; null for nothing new.</returns>
    internal Turnover? Refresh()
    {
        var state = NodeIdentity.StateOf(_folder);
        var isSettled = state == _seen;
        _seen = state;
        if (state is null || state == _state || !isSettled)
        {
            return null;
        }

        try
        {
            // Old ones are not disposed: handshakes may be in the middle of using them.
            _identity = NodeIdentity.Read(_folder, _clock);
            (_state, _refused) = (state, null);
            Changed?.Invoke(Certificate);
            return new(null);
        }
        catch (UserMistakeException mistake)
        {
            var isNew = _refused != state;
            _refused = state;
            return isNew ? new(mistake.Message) : null;
        }
    }

    private string? WhyNot(X509Certificate2? certificate) => _identity.Trusted.WhyNot(certificate);

    /// <summary>What became of changed files.</summary>
    /// <param name="Refusal">Why they are not used; null when they are.</param>
    internal sealed record Turnover(string? Refusal);
}
