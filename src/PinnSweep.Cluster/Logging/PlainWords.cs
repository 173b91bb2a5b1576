using System.Text.RegularExpressions;

namespace PinnSweep.Cluster.Logging;

/// <summary>
/// What the actor system's warnings mean to whoever operates the nodes. A table, and so longer than other files: one entry a message of
/// Akka.NET 1.5. What is not in it is told in its own words (<see cref="OneLine"/>).
/// </summary>
internal static partial class PlainWords
{
    private const string Certificates = "nodes of one cluster have certificates of one authority (--tls, pinnsweep certs show)";

    private static readonly (Regex Message, Func<Match, Exception?, string> Meaning)[] Table =
    [
        (Outgoing(), (said, _) => Unreachable(said)),
        (Unassociated(), (said, _) => Unreachable(said)),
        (Incoming(), (said, _) => Broken(said)),
        (Failed(), (said, _) => Broken(said)),
        // Told with its address beside this.
        (Disassociated(), (_, _) => ""),
        (Channel(), OfChannel),
        (RejectedConnection(), (_, _) => ""),
        (Quarantined(), (said, _) => $"node {Node(said)} was away for too long: it is let in again when it has started anew"),
        (ShutDown(), (said, _) => $"node {Node(said)} has ended"),
        (NoResponse(), (_, _) => "a node did not answer in time; it is tried again"),
        (Silent(), (said, _) => $"no answer from {Nodes(said.Groups[1].Value)}: who stays silent is removed from the cluster, and its trials go on elsewhere"),
        (Late(), (said, _) => $"this node was not served for {Seconds(said)}: its machine is busy, or slept; others may take it for gone"),
        (Decided(), (said, _) => $"the cluster has decided about nodes that stayed silent: {said.Groups[1].Value}{(Nodes(said.Value) is { Length: > 0 } nodes ? $", {nodes}" : "")}"),
        (Unstable(), (_, _) => "connections come and go, so all nodes end; their supervisors start them again"),
        (SeedsSilent(), (said, _) => $"no seed node has let this node in yet; it keeps trying: {Nodes(said.Groups[1].Value)}"),
        (SeedsGivenUp(), (said, _) => $"no seed node let this node in, so it ends: {Nodes(said.Groups[1].Value)}"),
        (Founds(), (said, _) => $"no other seed node answers, so this node founds the cluster: {Nodes(said.Groups[1].Value)}"),
        (PhaseLate(), (said, _) => $"leaving the cluster takes longer than it should ({said.Groups[1].Value}); the node ends all the same, and nothing is lost"),
        // The coordinator tells these itself, with the cause.
        (JournalOfCoordinator(), (_, _) => ""),
        (SnapshotUnreadable(), (_, _) => "the last snapshot cannot be read, so the whole journal is"),
        (LeaseLost(), (_, _) => "this node has lost the right to coordinate and asks for it again"),
        (LeaseNotGot(), (_, _) => "the right to coordinate cannot be asked for now; it is tried again"),
        (LeaseNotReleased(), (_, _) => "the right to coordinate could not be given back; another node gets it when it has run out"),
    ];

    /// <summary>The meaning; empty for what somebody else tells too; null for what is not known here.</summary>
    public static string? Of(string message, Exception? exception)
    {
        foreach (var (pattern, meaning) in Table)
        {
            if (pattern.Match(message) is { Success: true } match)
            {
                return meaning(match, exception);
            }
        }

        return null;
    }

    private static string Unreachable(Match said) => $"node {Node(said)} cannot be reached{Why(said.Groups[2].Value)}; it is tried again";

    private static string Broken(Match said) => $"the connection to node {Node(said)} broke; it is tried again";

    private static string OfChannel(Match said, Exception? exception)
    {
        // Whoever connects has another port each time.
        var peer = Port().Replace(Plain(said.Groups[2].Value), "");
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause.GetType().Name)
            {
                case "NotSslRecordException":
                    return $"somebody at {peer} talks without TLS to this node, which has it: a node without certificates, or no node at all; {Certificates}";
                case "TooLongFrameException" or "CorruptedFrameException" or "DecoderException":
                    return $"somebody at {peer} sends what no node sends; the connection is closed";
            }
        }

        return said.Groups[1].Value.StartsWith("TLS", StringComparison.Ordinal)
            ? $"no connection by TLS with {peer}: {Certificates}"
            : $"the connection with {peer} broke";
    }

    private static string Why(string reason)
    {
        return Has("refused") ? ": nobody listens there"
            : Has("certificate") || Has("TLS") ? $": a certificate is refused; {Certificates}"
            : Has("quarantined") ? ": it takes this node for gone, which has to start anew"
            : Has("No such host") || Has("not known") ? ": its name has no address"
            : Has("shut") ? ": it has ended"
            : Has("timed out") || Has("No response") ? ": it does not answer"
            : "";

        bool Has(string word) => reason.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private static string Node(Match said) => Nodes(said.Groups[1].Value) is { Length: > 0 } node ? node : Plain(said.Groups[1].Value);

    private static string Nodes(string text) => string.Join(", ", Address().Matches(text).Select(found => found.Groups[1].Value).Distinct());

    private static string Plain(string endpoint) => endpoint.Replace("[::ffff:", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).TrimStart('[');

    private static string Seconds(Match said) => said.Groups[1].Value.Length > 3 ? $"{said.Groups[1].Value[..^3]} s" : "a moment";

    [GeneratedRegex(@"://[^@\s\]]+@([^\s\],]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@":\d+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Port();

    [GeneratedRegex(@"\AAssociationError \[[^\]]*\] -> (\S+): Error \[([^\]]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Outgoing();

    [GeneratedRegex(@"\AAssociationError \[[^\]]*\] <- (\S+): Error", RegexOptions.CultureInvariant)]
    private static partial Regex Incoming();

    [GeneratedRegex(@"\ATried to associate with unreachable remote address \[([^\]]+)\].*?Reason: \[([^\]]*)", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Unassociated();

    [GeneratedRegex(@"\AAssociation with remote system (\S+) has failed; address is now gated", RegexOptions.CultureInvariant)]
    private static partial Regex Failed();

    [GeneratedRegex(@"\A(?:Disassociated|The remote system explicitly disassociated)", RegexOptions.CultureInvariant)]
    private static partial Regex Disassociated();

    [GeneratedRegex(@"\A(Error caught|TLS exception on|TLS handshake failed on) channel \[.+->(.+)\]\(Id=", RegexOptions.CultureInvariant)]
    private static partial Regex Channel();

    [GeneratedRegex(@"\ARejected incoming connection from \[", RegexOptions.CultureInvariant)]
    private static partial Regex RejectedConnection();

    [GeneratedRegex(@"\AAssociation to \[([^\]]+)\] (?:having|with) .*irrecoverably failed", RegexOptions.CultureInvariant)]
    private static partial Regex Quarantined();

    [GeneratedRegex(@"\ARemote system with address \[([^\]]+)\] has shut down", RegexOptions.CultureInvariant)]
    private static partial Regex ShutDown();

    [GeneratedRegex(@"\ANo response from remote for", RegexOptions.CultureInvariant)]
    private static partial Regex NoResponse();

    [GeneratedRegex(@"\ACluster Node \[[^\]]*\] - Marking node(?:\(s\) as UNREACHABLE| as TERMINATED) \[(.*)", RegexOptions.CultureInvariant)]
    private static partial Regex Silent();

    [GeneratedRegex(@"\ACluster Node \[[^\]]*\] - Scheduled sending of heartbeat was delayed\. Previous heartbeat was sent \[(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Late();

    [GeneratedRegex(@"SBR took decision \[?(?:Akka\.Cluster\.SBR\.)?(\w+).*", RegexOptions.CultureInvariant)]
    private static partial Regex Decided();

    [GeneratedRegex(@"SBR detected instability", RegexOptions.CultureInvariant)]
    private static partial Regex Unstable();

    [GeneratedRegex(@"\ACouldn't join seed nodes after .* seed-nodes=\[(.*)", RegexOptions.CultureInvariant)]
    private static partial Regex SeedsSilent();

    [GeneratedRegex(@"\AJoining of seed-nodes \[(.*)\] was unsuccessful", RegexOptions.CultureInvariant)]
    private static partial Regex SeedsGivenUp();

    [GeneratedRegex(@"\ACouldn't join other seed nodes, will join myself\. seed-nodes=\[(.*)", RegexOptions.CultureInvariant)]
    private static partial Regex Founds();

    [GeneratedRegex(@"\ACoordinated shutdown phase ?\[([^\]]+)\] timed out", RegexOptions.CultureInvariant)]
    private static partial Regex PhaseLate();

    [GeneratedRegex(
        @"\A(?:Failed to persist event|Rejected to persist event|Exception in ReceiveRecover when replaying|Persistence failure when replaying).*persistenceId \[coordinator\]",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex JournalOfCoordinator();

    [GeneratedRegex(@"\ASnapshot load error for persistenceId", RegexOptions.CultureInvariant)]
    private static partial Regex SnapshotUnreadable();

    [GeneratedRegex(@"\ALease has been lost\.", RegexOptions.CultureInvariant)]
    private static partial Regex LeaseLost();

    [GeneratedRegex(@"\AFailed to get lease", RegexOptions.CultureInvariant)]
    private static partial Regex LeaseNotGot();

    [GeneratedRegex(@"\AFailed to release lease", RegexOptions.CultureInvariant)]
    private static partial Regex LeaseNotReleased();
}
