using System.Collections.Immutable;
using PinnSweep.Jets.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>
/// Finite basis networks (Moseley, Markham, Nissen-Meyer, arXiv 2107.07871, eqs. 12–14): the box is cut into equal subdomains that overlap,
/// each with a small mlp of its own on coordinates that its part maps to [−1, 1], and u = Σ w_i N_i. The window of a subdomain is a
/// product over its sides, φ((x − a)/σ) of the logistic φ with a in the middle of the overlap, and σ 0.05 of the overlap's width as in
/// the authors' program; there is none at sides of the box. Neighbours' windows add up to 1 but for e^(−20/overlap), below 3e-9.
/// </summary>
/// <remarks>
/// All nodes of it are those of other networks; the constant that shifts need is cos 0. Deviations: every point passes through
/// all subdomains, where the authors cut windows off at the end of the overlap (at 4.5e-5) and leave out what lies beyond, so that it costs
/// as much as all its networks together; all subdomains train all the time (their all-active schedule); outputs are not rescaled.
/// A periodic coordinate is not divided and enters as on other networks; holes are no reason to leave a subdomain out.
/// </remarks>
internal static class Fbpinn
{
    private const double Sharpness = 0.05;
    private const int MostSubdomains = 256;

    private static readonly Parameter<int> InSpace = MethodParameters.Count(
        "subdomains", 4, "subdomains along each coordinate of space (authors' code: 4 for Burgers)", maximum: 64);
    private static readonly Parameter<int> InTime = MethodParameters.Count(
        "subdomains_in_time", 2, "subdomains along time (authors' code: 2 for Burgers)", maximum: 64);
    private static readonly Parameter<double> Overlap = MethodParameters.Number(
        "overlap", 0.7, 0.01, 1, "width of an overlap in widths of a subdomain (authors' code: 0.7)");

    /// <summary>The catalog's entry.</summary>
    public static NetworkEntry Entry { get; } = new(
        new(
            Factor.Network,
            "fbpinn",
            "small mlps on overlapping subdomains, added up by windows",
            "Moseley, Markham, Nissen-Meyer, Adv. Comput. Math. 49, 2023, arXiv:2107.07871",
            [
                NetworkParts.Hidden([16, 16], "width of each hidden layer of every subdomain (authors' code: 2×16)"),
                InSpace,
                InTime,
                Overlap,
                .. NetworkParts.Options().Where(parameter => parameter != Embedding.Normalize && parameter != Embedding.Span && parameter != Embedding.Standardize),
            ]),
        Create)
    {
        WhyNotApplicable = (level, problem) => problem.Axes.All(axis => axis.Periodic) ? "subdomains divide no coordinate that repeats, and all of this problem do"
            : Divisions(level, problem).Aggregate(1L, (product, division) => product * division.Parts) is > MostSubdomains and var many
                ? $"{many} subdomains are too many; at most {MostSubdomains}: take a smaller '{InSpace.Name}'"
            : null,
    };

    private static NetworkGraph Create(Level level, Problem problem, long seed)
    {
        var builder = new NetworkBuilder([.. problem.Axes.Select(axis => axis.Lower)], [.. problem.Axes.Select(axis => axis.Upper)]);
        var parts = new NetworkParts(level, problem, (builder, NetworkBuilder.Input));
        var divisions = Divisions(level, problem);
        var subdomains = divisions.Aggregate(ImmutableArray.Create(ImmutableArray<int>.Empty), (places, division) =>
            [.. places.SelectMany(place => Enumerable.Range(0, division.Parts).Select(part => place.Add(part)))]);
        ImmutableArray<int> periodic = [.. Enumerable.Range(0, problem.Dimension).Where(i => problem.Axes[i].Periodic)];
        var circle = periodic.IsEmpty ? -1 : Embedding.Of(builder, problem, periodic, normalise: true, Embedding.Harmonics.Of(level), span: 1);
        var shifted = WithOne(builder);
        var windows = Windows(builder, shifted, divisions, subdomains, Sharpness * Overlap.Of(level));
        var sum = -1;
        for (var i = 0; i < subdomains.Length; i++)
        {
            // The part [−1 + 2 k/n, −1 + 2 (k + 1)/n] of the box's own [−1, 1] becomes [−1, 1].
            var input = Affine(builder, shifted, [.. divisions.Zip(subdomains[i], (division, k) => (division.Axis, (double)division.Parts, division.Parts - (2.0 * k) - 1))]);
            input = circle < 0 ? input : builder.Add(new Node.Concat(circle, input, builder.Width(circle) + divisions.Length));
            var name = $"subdomain{i + 1}.";
            var output = parts.Dense($"{name}head", parts.Stack(input, name), problem.Outputs.Length);
            output = windows < 0 ? output : builder.Add(new Node.Multiply(output, Column(builder, windows, i, problem.Outputs.Length), problem.Outputs.Length));
            sum = sum < 0 ? output : builder.Add(new Node.Add(sum, output, problem.Outputs.Length));
        }

        return builder.Build();
    }

    private static ImmutableArray<(int Axis, int Parts)> Divisions(Level level, Problem problem) =>
    [
        .. Enumerable.Range(0, problem.Dimension).Where(i => !problem.Axes[i].Periodic).Select(i => (i, i == problem.TimeAxis ? InTime.Of(level) : InSpace.Of(level))),
    ];

    /// <summary>The windows of all subdomains as one node; −1 where there is one subdomain alone.</summary>
    private static int Windows(NetworkBuilder builder, int shifted, ImmutableArray<(int Axis, int Parts)> divisions, ImmutableArray<ImmutableArray<int>> subdomains, double scale)
    {
        // φ(40) is 1 in double precision: a side without a neighbour.
        const double open = 40;
        var windows = -1;
        for (var j = 0; j < divisions.Length; j++)
        {
            var (axis, parts) = divisions[j];
            var steepness = parts / (2 * scale);
            for (var side = 0; side < 2 && parts > 1; side++)
            {
                var sign = 1 - (2 * side);
                var factor = builder.Activate(
                    Affine(builder, shifted, [.. subdomains.Select(place => place[j] + side is var k && k > 0 && k < parts
                        ? (axis, sign * steepness, sign * steepness * (1 - (2.0 * k / parts)))
                        : (axis, 0, open))]),
                    ActivationKind.Sigmoid);
                windows = windows < 0 ? factor : builder.Add(new Node.Multiply(windows, factor, subdomains.Length));
            }
        }

        return windows;
    }

    /// <summary>The coordinates, 1 and 0.</summary>
    private static int WithOne(NetworkBuilder builder)
    {
        var dimension = builder.Width(NetworkBuilder.Input);
        var zero = builder.Add(new Node.FixedLinear(NetworkBuilder.Input, 1, [.. new double[dimension]]));
        return builder.Add(new Node.Concat(NetworkBuilder.Input, builder.Add(new Node.CosSin(zero, 2)), dimension + 2));
    }

    /// <summary>One coordinate a row, times its slope and shifted.</summary>
    private static int Affine(NetworkBuilder builder, int shifted, ImmutableArray<(int Axis, double Slope, double Shift)> rows)
    {
        var width = builder.Width(shifted);
        var matrix = new double[rows.Length * width];
        for (var i = 0; i < rows.Length; i++)
        {
            matrix[(i * width) + rows[i].Axis] = rows[i].Slope;
            matrix[(i * width) + width - 2] = rows[i].Shift;
        }

        return builder.Add(new Node.FixedLinear(shifted, rows.Length, [.. matrix]));
    }

    /// <summary>One feature, once for each output.</summary>
    private static int Column(NetworkBuilder builder, int source, int feature, int outputs)
    {
        var width = builder.Width(source);
        var matrix = new double[outputs * width];
        for (var i = 0; i < outputs; i++)
        {
            matrix[(i * width) + feature] = 1;
        }

        return builder.Add(new Node.FixedLinear(source, outputs, [.. matrix]));
    }
}
