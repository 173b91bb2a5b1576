using PinnSweep.Cluster.Logging;

namespace PinnSweep.Cluster.Tests.Logging;

/// <summary>Messages of the actor system as it wrote them when nodes were killed, frozen, cut off and met by strangers.</summary>
public sealed class PlainWordsTests
{
    [Theory]
    [InlineData(
        "AssociationError [akka.tcp://pinnsweep@127.0.0.1:41053] -> akka.tcp://pinnsweep@127.0.0.1:41054: Error [Connection refused tcp://pinnsweep@127.0.0.1:41054] []",
        "node 127.0.0.1:41054 cannot be reached: nobody listens there; it is tried again")]
    [InlineData(
        "Tried to associate with unreachable remote address [akka.tcp://pinnsweep@127.0.0.1:41054]. Address is now gated for 5000 ms, all messages to this address will be delivered to dead letters. Reason: [Connection refused tcp://pinnsweep@127.0.0.1:41054]",
        "node 127.0.0.1:41054 cannot be reached: nobody listens there; it is tried again")]
    [InlineData(
        "Association with remote system akka.ssl.tcp://pinnsweep@gpu-3:4053 has failed; address is now gated for 5000 ms. Reason is: [Akka.Remote.EndpointDisassociatedException: Disassociated\n   at Akka.Remote.X()",
        "the connection to node gpu-3:4053 broke; it is tried again")]
    [InlineData("Disassociated", "")]
    [InlineData(
        "Cluster Node [akka.tcp://pinnsweep@127.0.0.1:41053] - Marking node(s) as UNREACHABLE [Member(address = akka.tcp://pinnsweep@127.0.0.1:41054, Uid=173877192 status = Up, role=[worker], upNumber=3, version=0.1.0), Member(address = akka.tcp://pinnsweep@127.0.0.1:41057, Uid=1 status = Up, role=[worker], upNumber=2, version=0.1.0)]. Node roles [coordinator]",
        "no answer from 127.0.0.1:41054, 127.0.0.1:41057: who stays silent is removed from the cluster, and its trials go on elsewhere")]
    [InlineData(
        "Cluster Node [akka.tcp://pinnsweep@127.0.0.1:41057] - Scheduled sending of heartbeat was delayed. Previous heartbeat was sent [30193.2262] ms ago, expected interval is [1000] ms. This may cause failure detection to mark members as unreachable.",
        "this node was not served for 30 s: its machine is busy, or slept; others may take it for gone")]
    [InlineData(
        "Couldn't join seed nodes after [2] attempts, will try again. seed-nodes=[akka.tcp://pinnsweep@127.0.0.1:41053,akka.tcp://pinnsweep@head:4053]",
        "no seed node has let this node in yet; it keeps trying: 127.0.0.1:41053, head:4053")]
    [InlineData(
        "Coordinated shutdown phase [cluster-exiting] timed out after 00:00:05",
        "leaving the cluster takes longer than it should (cluster-exiting); the node ends all the same, and nothing is lost")]
    [InlineData("Rejected incoming connection from [[::ffff:127.0.0.1]:45984] due to TLS handshake failure. This is likely invalid or malicious traffic.", "")]
    [InlineData("Failed to persist event type [PinnSweep.X] with sequence number [7] for persistenceId [coordinator].", "")]
    [InlineData("a message that nobody knew of", null)]
    public void A_message_is_told_by_what_it_means(string message, string? meaning) => Assert.Equal(meaning, PlainWords.Of(message, null));

    [Theory]
    [InlineData("Error caught", "TooLongFrameException", "somebody at 10.0.0.7 sends what no node sends; the connection is closed")]
    [InlineData(
        "Error caught",
        "NotSslRecordException",
        "somebody at 10.0.0.7 talks without TLS to this node, which has it: a node without certificates, or no node at all; nodes of one cluster have certificates of one authority (--tls, pinnsweep certs show)")]
    [InlineData("TLS handshake failed on", "AuthenticationException", "no connection by TLS with 10.0.0.7: nodes of one cluster have certificates of one authority (--tls, pinnsweep certs show)")]
    [InlineData("Error caught", "SocketException", "the connection with 10.0.0.7 broke")]
    public void What_happened_to_a_connection_is_told_by_its_cause(string verb, string cause, string meaning) => Assert.Equal(
        meaning,
        PlainWords.Of($"{verb} channel [[::ffff:10.0.0.1]:41053->[::ffff:10.0.0.7]:39556](Id=65709d0d)", new InvalidOperationException("outer", Cause(cause))));

    private static Exception Cause(string name) => name switch
    {
        "TooLongFrameException" => new TooLongFrameException(),
        "NotSslRecordException" => new NotSslRecordException(),
        _ => new InvalidOperationException(name),
    };

    // The network library's are told by their names, because only the actor system refers to it.
    private sealed class TooLongFrameException : Exception;

    private sealed class NotSslRecordException : Exception;
}
