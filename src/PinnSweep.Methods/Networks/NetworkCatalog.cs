using System.Collections.Immutable;

namespace PinnSweep.Methods.Networks;

/// <summary>The networks, in alphabetical order.</summary>
internal static class NetworkCatalog
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<NetworkEntry> All { get; } =
    [
        .. ((NetworkEntry[])[
            AdaptiveActivation.Entry,
            ChebyshevKan.Entry,
            Fbpinn.Entry,
            FourierFeatures.Entry,
            Mlp.Entry,
            Mlp.DeepNarrow,
            Mlp.ShallowWide,
            ModifiedMlp.Entry,
            Periodic.Entry,
            PirateNet.Entry,
            ResNet.Entry,
            Siren.Entry,
        ]).Select(HardOption.Of),
    ];
}
