using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Security;
using PinnSweep.Cluster.Tests.Hosting;
using PinnSweep.Cluster.Tests.Security;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests.Logging;

/// <summary>Real nodes in real trouble: nothing that an operator reads has a stack trace or the actor system's own words in it.</summary>
[Collection("several nodes")]
public sealed partial class PlainWarningsTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordedLog _log = new();

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Of_a_node_that_was_killed()
    {
        await using var cluster = new TestCluster(output) { Loggers = _log };
        await cluster.StartAsync("hub", coordinates: true, slots: -1);
        await cluster.StartAsync("hand", coordinates: false, slots: 1, "hub");
        await cluster.UntilWorkersAreAsync("hand");

        await cluster.CrashAsync("hand");

        await UntilToldAsync("no answer from 127.0.0.1:");
        AssertPlain();
    }

    [Fact]
    public async Task Of_strangers_without_certificates_with_others_and_with_nonsense()
    {
        Certify("own", "hub");
        Certify("foreign", "spy");
        await using var cluster = new TestCluster(output)
        {
            Tls = name => name switch { "spy" => NodeTls.Load(Of("foreign", name)), "naked" => null, _ => NodeTls.Load(Of("own", name)) },
            Loggers = _log,
        };
        var hub = await cluster.StartAsync("hub", coordinates: true, slots: -1);

        await SendAsync(hub, "GET / HTTP/1.1\r\nHost: hub\r\n\r\n");
        await UntilToldAsync("somebody at 127.0.0.1 talks without TLS to this node");
        await cluster.StartAsync("spy", coordinates: false, slots: 1, "hub");
        await UntilToldAsync("refused the certificate of");
        await cluster.StartAsync("naked", coordinates: false, slots: 1, "hub");
        await UntilToldAsync("no seed node has let this node in yet");
        AssertPlain();
    }

    [Fact]
    public async Task Of_nonsense_in_plain_text()
    {
        await using var cluster = new TestCluster(output) { Loggers = _log };
        var hub = await cluster.StartAsync("hub", coordinates: true, slots: -1);

        await SendAsync(hub, "GET / HTTP/1.1\r\nHost: hub\r\n\r\n");

        await UntilToldAsync("somebody at 127.0.0.1 sends what no node sends");
        AssertPlain();
    }

    private static async Task SendAsync(ClusterNode node, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, node.Address.Port!.Value);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        client.Client.Shutdown(SocketShutdown.Send);
    }

    private Task UntilToldAsync(string words) =>
        Waiting.UntilAsync(() => _log.Warnings.Any(line => line.Contains(words, StringComparison.Ordinal)), Waiting.Patience, () => string.Join('\n', _log.Warnings));

    private void AssertPlain()
    {
        output.WriteLine(string.Join('\n', _log.Warnings));
        Assert.DoesNotContain(_log.Warnings, line => line.StartsWith("[Akka", StringComparison.Ordinal) && Jargon().IsMatch(line["[Akka.Actor.ActorSystem]".Length..]));
    }

    private void Certify(string authority, params string[] nodes) =>
        CertificateAuthority.Init(Path.Combine(_folder.Path, authority), [.. nodes.Select(NodeCertificate.Parse)], TimeProvider.System);

    private string Of(string authority, string node) => Path.Combine(_folder.Path, authority, node);

    [GeneratedRegex(@"\n|   at |ssociat|gated|dead letter|Exception|Id=|Akka|akka|UNREACHABLE|channel")]
    private static partial Regex Jargon();
}
