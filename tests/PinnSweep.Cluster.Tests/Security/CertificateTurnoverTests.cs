using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Security;
using PinnSweep.Cluster.Tests.Hosting;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests.Security;

/// <summary>A cluster goes from one authority to another while it runs; no node is started again.</summary>
[Collection("several nodes")]
public sealed class CertificateTurnoverTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly Dictionary<string, NodeTls> _tls = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nodes_go_over_to_a_new_authority_in_steps_without_a_restart()
    {
        CertificateAuthority.Init(Certs, [.. ((string[])["hub", "hand", "late"]).Select(NodeCertificate.Parse)], _clock);
        // Beside the others, so that its certificate stays what it is.
        Directory.Move(Of("late"), _folder["late"]);
        using var log = new RecordedLog();
        await using var cluster = new TestCluster(output) { Tls = Tls, Loggers = log };
        var hub = await cluster.StartAsync("hub", coordinates: true, slots: -1);
        var hand = await cluster.StartAsync("hand", coordinates: false, slots: 1, "hub");
        await cluster.UntilWorkersAreAsync("hand");
        using var hubWatch = new CertificateWatch(_tls["hub"], _clock, log.CreateLogger("hub"));
        using var handWatch = new CertificateWatch(_tls["hand"], _clock, log.CreateLogger("hand"));
        using var old = TrustedAuthority.Load(Path.Combine(Certs, "ca.crt"));

        // First everybody trusts the new authority beside the old one, and shows what it has.
        CertificateAuthority.RenewAuthority(Certs, _clock);
        Settle();
        Assert.Null(old.WhyNot(await ShownByAsync(hub, "hub")));

        // Then everybody shows a certificate of the new one. A node that trusts that one alone can come.
        CertificateAuthority.Renew(Certs, [], _clock);
        Settle();
        CertificateAuthority.Add(Certs, [NodeCertificate.Parse("new")], _clock);
        using var newest = NewestAlone(Of("new"));
        Assert.Null(newest.WhyNot(await ShownByAsync(hub, "hub")));
        Assert.Null(newest.WhyNot(await ShownByAsync(hand, "hand")));
        await cluster.StartAsync("new", coordinates: false, slots: 1, "hub");
        await cluster.UntilWorkersAreAsync("hand", "new");

        // At last the old one is trusted no more: whoever still has its certificate stays outside.
        CertificateAuthority.Drop(Certs, _clock);
        Settle();
        await cluster.StartAsync("late", coordinates: false, slots: 1, "hub");
        await Waiting.UntilAsync(() => log.Warnings.Any(line => line.Contains("refused the certificate", StringComparison.Ordinal)), Waiting.Patience, () => string.Join('\n', log.Warnings));
        await cluster.UntilWorkersAreAsync("hand", "new");
        Assert.False(hub.System.WhenTerminated.IsCompleted);
        Assert.False(hand.System.WhenTerminated.IsCompleted);
        Assert.DoesNotContain(log.Warnings, line => line.Contains("not used", StringComparison.Ordinal));
    }

    private string Certs => _folder["certs"];

    private string Of(string node) => Path.Combine(Certs, node);

    private NodeTls Tls(string name) => _tls[name] = NodeTls.Open(name == "late" ? _folder["late"] : Of(name), _clock);

    /// <summary>Two looks in a row, which see the same.</summary>
    private void Settle()
    {
        for (var look = 0; look < 3; look++)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
        }
    }

    /// <summary>Leaves the newest authority alone in a node's folder.</summary>
    private static TrustedAuthority NewestAlone(string folder)
    {
        var path = Path.Combine(folder, "ca.crt");
        using var newest = X509Certificate2.CreateFromPem(File.ReadAllText(path));
        File.WriteAllText(path, newest.ExportCertificatePem());
        return TrustedAuthority.Load(path);
    }

    /// <summary>The certificate that a node shows a new connection between nodes.</summary>
    private async Task<X509Certificate2> ShownByAsync(ClusterNode node, string name)
    {
        using var deadline = new CancellationTokenSource(Waiting.Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, node.Address.Port!.Value, deadline.Token);
        X509Certificate2? shown = null;
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) =>
        {
            shown = certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
            return shown is not null;
        });
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name, ClientCertificates = [_tls[name].Certificate] }, deadline.Token);
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            // What it showed came before.
        }

        return shown ?? throw new InvalidOperationException($"{name} showed no certificate");
    }
}
