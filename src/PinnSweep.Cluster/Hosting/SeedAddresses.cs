using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Hosting;

/// <summary>Seeds as people write them, <c>host:port</c> or <c>host</c>.</summary>
internal static class SeedAddresses
{
    public static ImmutableArray<Address> Parse(IEnumerable<string> seeds, bool isTls) => [.. seeds.Select(seed => ParseOne(seed, isTls))];

    private static Address ParseOne(string seed, bool isTls)
    {
        var colon = seed.LastIndexOf(':');
        var host = colon < 0 ? seed : seed[..colon];
        var port = NodeDefaults.RemotingPort;
        if (colon >= 0 && !(int.TryParse(seed[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue))
        {
            throw new UserMistakeException($"--seed-node {seed}: expected HOST:PORT, for instance node-1:{NodeDefaults.RemotingPort}");
        }

        return host.Length > 0 && Uri.CheckHostName(host) != UriHostNameType.Unknown
            ? new(isTls ? "akka.ssl.tcp" : "akka.tcp", NodeDefaults.SystemName, host, port)
            : throw new UserMistakeException($"--seed-node {seed}: '{host}' is no host name; expected HOST:PORT, for instance node-1:{NodeDefaults.RemotingPort}");
    }
}
