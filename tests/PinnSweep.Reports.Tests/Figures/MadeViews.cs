using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Tests.Figures;

/// <summary>Made-up searches: the first dimension matters most, and its upper end fails.</summary>
internal static class MadeViews
{
    private static readonly ImmutableArray<DimensionView> All =
    [
        new("optimizer.lr", new DimensionScale.Log(1e-5, 0.1)),
        new("balancer.temperature", new DimensionScale.Linear(0.1, 2)),
        new("network.activation", new DimensionScale.Choice([new SpecValue.Text("tanh"), new SpecValue.Text("sin"), new SpecValue.Text("softplus")])),
        new("network.depth", new DimensionScale.Integer(2, 8)),
        new("balancer.every", new DimensionScale.Integer(1, 1000)),
        new("sampler.points", new DimensionScale.Log(200, 5000)),
        new("balancer.alpha", new DimensionScale.Linear(0, 1)),
        new("network.width", new DimensionScale.Choice([new SpecValue.Number(20), new SpecValue.Number(50), new SpecValue.Number(128), new SpecValue.Number(256), new SpecValue.Number(512)])),
    ];

    public static SearchView Of(int number, string method, string block, int dimensions, int proposals, double level = -3)
    {
        var stream = new RandomStream(number, $"{method}/{block}");
        var space = new SearchSpace([.. All.Take(dimensions).Select(dimension => new Dimension(dimension.Name, dimension.Scale))]);
        var made = Enumerable.Range(0, proposals).Select(i =>
        {
            double[] unit = [.. Enumerable.Range(0, dimensions).Select(_ => i == 0 ? 0.45 : stream.NextDouble())];
            var noise = stream.NextGaussian();
            var isFailed = i > 0 && unit[0] > 0.9 && noise > -0.5;
            var log = level + (6 * Math.Pow(unit[0] - 0.65, 2)) + (0.6 * Math.Abs(unit[1] - 0.3)) + (0.15 * noise);
            return new ProposalView(
                i, space.At(unit), isFailed ? double.PositiveInfinity : Math.Pow(10, log), isFailed ? double.PositiveInfinity : Math.Pow(10, log - 1 + (0.1 * stream.NextGaussian())), i / 10, 0, i % 7 == 3, 1000);
        }).ToImmutableArray();
        return new(number, method, block, "relative residual", [.. All.Take(dimensions)], made, 0, made.MinBy(proposal => proposal.Score)!.Number, proposals);
    }
}
