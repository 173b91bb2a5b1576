using System.Collections.Immutable;
using PinnSweep.Jets;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>A network of the catalogue.</summary>
/// <param name="Method">Name, parameters and source.</param>
/// <param name="Create">Makes the network of a level for the coordinates and outputs of a problem.</param>
public sealed record NetworkEntry(MethodEntry Method, Func<Level, Problem, NetworkGraph> Create);

/// <summary>The networks, in alphabetical order.</summary>
public static class NetworkCatalog
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<NetworkEntry> All { get; } = [Mlp.Entry];
}
