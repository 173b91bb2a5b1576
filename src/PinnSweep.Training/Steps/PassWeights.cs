using System.Collections.Immutable;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Samplers;

namespace PinnSweep.Training.Steps;

/// <summary>
/// The products of the sampler's and the balancer's weights of points as a step began with them: the balancer may change its own before the
/// step is over.
/// </summary>
internal sealed class PassWeights(ImmutableArray<PassGroup> groups)
{
    private double[] _weights = [];

    /// <summary>Makes room for so many points of all terms.</summary>
    public void Resize(int points) => _weights = new double[points];

    /// <summary>Those of a group's points, empty for ones.</summary>
    public ReadOnlySpan<double> Of(PassGroup group) => group.IsWeighted ? _weights.AsSpan(group.Offset, group.Length) : [];

    /// <summary>Those of a term's points, empty for ones.</summary>
    public ReadOnlySpan<double> Of(PassGroup group, int term) => group.IsWeighted ? _weights.AsSpan(group.PlaceOf(term)) : [];

    /// <summary>Takes the weights of a step.</summary>
    /// <returns>Whether all are as they were.</returns>
    public bool Take(IBalancer balancer, ISampler? sampler)
    {
        var same = true;
        foreach (var group in groups)
        {
            var any = false;
            for (var k = group.First; k < group.First + group.Count; k++)
            {
                any |= !balancer.PointWeights(k).IsEmpty || !Drawn(sampler, k).IsEmpty;
            }

            same &= any == group.IsWeighted;
            group.IsWeighted = any;
            for (var k = group.First; any && k < group.First + group.Count; k++)
            {
                same &= Multiply(balancer.PointWeights(k), Drawn(sampler, k), _weights.AsSpan(group.PlaceOf(k)));
            }
        }

        return same;
    }

    private static ReadOnlySpan<double> Drawn(ISampler? sampler, int term) => sampler is null ? [] : sampler.PointWeights(term);

    private static bool Multiply(ReadOnlySpan<double> weights, ReadOnlySpan<double> drawn, Span<double> target)
    {
        var same = true;
        for (var i = 0; i < target.Length; i++)
        {
            var weight = (weights.IsEmpty ? 1 : weights[i]) * (drawn.IsEmpty ? 1 : drawn[i]);
            same &= BitConverter.DoubleToUInt64Bits(weight) == BitConverter.DoubleToUInt64Bits(target[i]);
            target[i] = weight;
        }

        return same;
    }
}
