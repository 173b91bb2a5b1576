using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Security;
using PinnSweep.Cluster.Tests.Hosting;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests.Security;

/// <summary>
/// Whoever reaches a node's port without being a node of its cluster changes nothing, and is logged without flooding the log.
/// </summary>
[Collection("several nodes")]
public sealed class ForeignPeersTests(ITestOutputHelper output) : IDisposable
{
    private const int Tries = 40;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nodes_with_certificates_of_one_authority_form_a_cluster()
    {
        Certify("own", "hub", "hand");
        await using var cluster = new TestCluster(output) { Tls = name => NodeTls.Load(Of("own", name)) };

        var hub = await cluster.StartAsync("hub", coordinates: true, slots: -1);
        await cluster.StartAsync("hand", coordinates: false, slots: 1, "hub");

        Assert.Equal("akka.ssl.tcp", hub.Address.Protocol);
        await cluster.UntilWorkersAreAsync("hand");
    }

    [Fact]
    public async Task A_node_of_another_authority_and_a_node_in_plain_text_never_join()
    {
        Certify("own", "hub", "hand");
        Certify("foreign", "spy");
        using var log = new RecordedLog();
        await using var cluster = new TestCluster(output)
        {
            Tls = name => name switch { "spy" => NodeTls.Load(Of("foreign", name)), "naked" => null, _ => NodeTls.Load(Of("own", name)) },
            Loggers = log,
        };
        var hub = await cluster.StartAsync("hub", coordinates: true, slots: -1);

        await cluster.StartAsync("spy", coordinates: false, slots: 1, "hub");
        await Waiting.UntilAsync(() => log.Warnings.Any(line => line.Contains("refused the certificate", StringComparison.Ordinal)), Waiting.Patience, () => string.Join('\n', log.Warnings));
        await cluster.StartAsync("naked", coordinates: false, slots: 1, "hub");
        await cluster.StartAsync("hand", coordinates: false, slots: 1, "hub");
        await cluster.UntilWorkersAreAsync("hand");

        Assert.Equal(2, Akka.Cluster.Cluster.Get(hub.System).State.Members.Count);
        output.WriteLine(string.Join('\n', log.Warnings));
        Assert.InRange(log.Warnings.Count, 1, 40);
    }

    [Fact]
    public async Task Garbage_oversized_and_half_frames_are_dropped_and_the_node_goes_on()
    {
        using var log = new RecordedLog();
        await using var cluster = new TestCluster(output) { Loggers = log };
        var hub = await cluster.StartAsync("hub", coordinates: true, slots: -1);

        for (var i = 0; i < Tries; i++)
        {
            await SendAsync(hub, Frame(int.MaxValue, 100));
            await SendAsync(hub, Frame(200_000, 200_000));
            await SendAsync(hub, Frame(-5, 20));
            await SendAsync(hub, Frame(64, 64));
            await SendAsync(hub, Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: hub\r\n\r\n"));
        }

        await cluster.StartAsync("hand", coordinates: false, slots: 1, "hub");
        await cluster.UntilWorkersAreAsync("hand");
        output.WriteLine(string.Join('\n', log.Warnings));
        Assert.InRange(log.Warnings.Count, 1, Tries / 2);
    }

    [Fact]
    public async Task A_message_with_an_unknown_manifest_is_refused_and_the_node_goes_on()
    {
        using var log = new RecordedLog();
        await using var cluster = new TestCluster(output) { Loggers = log };
        var hub = await cluster.StartAsync("hub", coordinates: true, slots: -1);
        using var stranger = ActorSystem.Create(NodeDefaults.SystemName, ConfigurationFactory.ParseString(
            """
            akka {
              actor {
                provider = remote
                serializers.foreign = "PinnSweep.Cluster.Tests.Security.ForeignPeersTests+ForeignSerializer, PinnSweep.Cluster.Tests"
                serialization-bindings { "PinnSweep.Cluster.Tests.Security.ForeignPeersTests+Foreign, PinnSweep.Cluster.Tests" = foreign }
              }
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
              loglevel = OFF
              stdout-loglevel = OFF
            }
            """));

        for (var i = 0; i < Tries; i++)
        {
            stranger.ActorSelection($"{hub.Address}/user/coordinator").Tell(new Foreign());
        }

        await Waiting.UntilAsync(() => log.Warnings.Any(line => line.Contains("foreign-1", StringComparison.Ordinal)), Waiting.Patience, () => string.Join('\n', log.Warnings));
        await cluster.StartAsync("hand", coordinates: false, slots: 1, "hub");
        await cluster.UntilWorkersAreAsync("hand");
        output.WriteLine(string.Join('\n', log.Warnings));
        Assert.InRange(log.Warnings.Count(line => line.Contains("foreign-1", StringComparison.Ordinal)), 1, 3);
        await stranger.Terminate();
    }

    private static byte[] Frame(int announced, int bytes)
    {
        var frame = new byte[4 + bytes];
        // DotNetty writes lengths in little-endian order, as Akka sets it up.
        BinaryPrimitives.WriteInt32LittleEndian(frame, announced);
        for (var i = 4; i < frame.Length; i++)
        {
            frame[i] = (byte)((i * 37) ^ 0x5a);
        }

        return frame;
    }

    private static async Task SendAsync(ClusterNode node, byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, node.Address.Port!.Value);
        try
        {
            await client.GetStream().WriteAsync(bytes);
            client.Client.Shutdown(SocketShutdown.Send);
            await client.GetStream().ReadAsync(new byte[1000]).AsTask().WaitAsync(TimeSpan.FromSeconds(1));
        }
        catch (Exception closed) when (closed is IOException or SocketException or TimeoutException or InvalidOperationException)
        {
            // The node may hang up at once, or keep a connection that says nothing.
        }
    }

    private void Certify(string authority, params string[] nodes) =>
        CertificateAuthority.Init(Path.Combine(_folder.Path, authority), [.. nodes.Select(NodeCertificate.Parse)], TimeProvider.System);

    private string Of(string authority, string node) => Path.Combine(_folder.Path, authority, node);

    public sealed record Foreign;

    public sealed class ForeignSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => Cluster.Wire.SweepSerializer.Id;

        public override string Manifest(object o) => "foreign-1";

        public override byte[] ToBinary(object obj) => [1, 2, 3];

        public override object FromBinary(byte[] bytes, string manifest) => new Foreign();
    }
}
