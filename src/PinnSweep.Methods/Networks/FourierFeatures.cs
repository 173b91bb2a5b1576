using System.Collections.Immutable;
using PinnSweep.Jets.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>
/// Random Fourier features: the coordinates z become [cos Bz, sin Bz] with entries of B from N(0, σ²) before the hidden layers. Without the
/// factor 2π of Tancik et al., as in jaxpi. With several σ (Wang, Wang, Perdikaris 2021, eqs. 3.19–3.20) the same hidden layers work on
/// each set of features and the head reads their outputs side by side. With <c>time_sigma</c> (eqs. 3.21–3.25) space and time have features
/// of their own, the same hidden layers work on each, and the head reads the elementwise products of every space scale with every time
/// scale. B is fixed (Tancik), drawn from the trial's seed, or trained (jaxpi).
/// </summary>
internal static class FourierFeatures
{
    private static readonly ParameterType.Number Scale = new(0, 1e6, ExclusiveMinimum: true);
    private static readonly Parameter<int> FeatureCount = MethodParameters.Count(
        "features", 256, "features of a scale: half cosines, half sines (jaxpi); even", minimum: 2, maximum: 4096);
    private static readonly Parameter<ImmutableArray<double>> Sigma = MethodParameters.Numbers(
        "sigma",
        Scale,
        1,
        "standard deviation of B, one a scale; 1 to 2 for smooth solutions, 10 for waves (jaxpi), {1, 10, 50} for several scales",
        1);
    private static readonly Parameter<ImmutableArray<double>> TimeSigma = MethodParameters.OptionalNumbers(
        "time_sigma", Scale, 1, "the same for time, which then has features of its own, or null");
    private static readonly Parameter<bool> Trainable = MethodParameters.Flag("trainable", standard: false, "train B too (jaxpi does)");

    /// <summary>The catalog's entry.</summary>
    public static NetworkEntry Entry { get; } = new(
        new(
            Factor.Network,
            "fourier-features",
            "mlp on random Fourier features of the coordinates, of one or several scales, in space and time",
            "Tancik et al., NeurIPS 2020, arXiv:2006.10739; Wang, Wang, Perdikaris 2021, arXiv:2012.10047",
            [
                NetworkParts.Hidden([256, 256, 256, 256], "width of each hidden layer (jaxpi)"),
                FeatureCount,
                Sigma,
                TimeSigma,
                Trainable,
                .. NetworkParts.Options(),
            ]),
        Create)
    {
        WhyNotApplicable = (level, problem) =>
            FeatureCount.Of(level) % 2 != 0 ? $"{FeatureCount.Of(level)} features cannot be half cosines and half sines"
            : TimeSigma.Of(level).IsEmpty || problem is { TimeAxis: not null, Dimension: > 1 } ? null
            : "time_sigma gives time features of its own, and this problem has no time beside space",
    };

    /// <summary>[cos Bz, sin Bz].</summary>
    internal static int Features(NetworkBuilder builder, int source, string name, int features, double sigma, bool trainable, long seed)
    {
        var width = builder.Width(source);
        var count = features / 2;
        int projected;
        if (trainable)
        {
            var offset = builder.Parameters($"{name}.weight", (long)count * width, BlockRole.EncoderWeight, Initializers.Normal(0, sigma));
            projected = builder.Add(new Node.Dense(source, count, offset, -1));
        }
        else
        {
            builder.Reserve((long)count * width);
            var matrix = new double[count * width];
            Initializers.Normal(0, sigma)(matrix, [], new(seed, name));
            projected = builder.Add(new Node.FixedLinear(source, count, [.. matrix]));
        }

        return builder.Add(new Node.CosSin(projected, features));
    }

    private static NetworkGraph Create(Level level, Problem problem, long seed)
    {
        var parts = new NetworkParts(level, problem);
        var builder = parts.Builder;
        int[] Encoded(int source, string name, ImmutableArray<double> sigmas) =>
            [.. sigmas.Select((sigma, i) => parts.Stack(Features(builder, source, $"{name}{i + 1}", FeatureCount.Of(level), sigma, Trainable.Of(level), seed)))];

        var times = TimeSigma.Of(level);
        if (times.IsEmpty)
        {
            return parts.WithHead(Concat(builder, Encoded(parts.Coordinates, "features", Sigma.Of(level))));
        }

        int Part(Func<int, bool> which) => Embedding.Of(
            builder,
            problem,
            [.. Enumerable.Range(0, problem.Dimension).Where(which)],
            Embedding.Normalize.Of(level),
            Embedding.Harmonics.Of(level),
            Embedding.Span.Of(level));
        var spaces = Encoded(Part(i => i != problem.TimeAxis), "space", Sigma.Of(level));
        var moments = Encoded(Part(i => i == problem.TimeAxis), "time", times);
        return parts.WithHead(Concat(
            builder,
            [.. spaces.SelectMany(space => moments.Select(time => builder.Add(new Node.Multiply(space, time, builder.Width(space)))))]));
    }

    private static int Concat(NetworkBuilder builder, int[] nodes) =>
        nodes.Aggregate((a, b) => builder.Add(new Node.Concat(a, b, builder.Width(a) + builder.Width(b))));
}
