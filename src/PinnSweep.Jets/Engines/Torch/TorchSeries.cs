using System.Collections.Immutable;
using static TorchSharp.torch;

namespace PinnSweep.Jets.Engines.Torch;

/// <summary>
/// Features with their derivatives along several directions: value […, 1, n, w] and k-th derivatives […, m_k, n, w], where
/// m_k directions have order k or more and stand first. A derivative that vanishes is null; one that is the same at every point
/// has length 1 instead of n. A leading dimension of replicas broadcasts through every operation.
/// </summary>
internal sealed record TorchSeries(Tensor Value, ImmutableArray<Tensor?> Derivatives, ImmutableArray<int> Counts)
{
    private static readonly double[][] Binomials = [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1], [1, 4, 6, 4, 1]];

    /// <summary>A linear map of values and derivatives alike.</summary>
    public TorchSeries Map(Func<Tensor, Tensor> map) => With(map(Value), Derivatives.Select(derivative => derivative is null ? null : map(derivative)));

    public TorchSeries Plus(TorchSeries other) => Combine(other, (a, b) => a.Plus(b), b => b);

    public TorchSeries Minus(TorchSeries other) => Combine(other, (a, b) => a.Minus(b), b => b.neg());

    /// <summary>Leibniz: (a b)⁽ᵏ⁾ = Σ_j C(k, j) a⁽ʲ⁾ b⁽ᵏ⁻ʲ⁾.</summary>
    public TorchSeries Times(TorchSeries other)
    {
        var product = new Tensor?[Derivatives.Length];
        for (var k = 1; k <= product.Length; k++)
        {
            for (var j = 0; j <= k; j++)
            {
                if (At(j, k) is { } a && other.At(k - j, k) is { } b)
                {
                    var term = Scaled(a.Times(b), Binomials[k][j]);
                    product[k - 1] = product[k - 1] is { } sum ? sum.Plus(term) : term;
                }
            }
        }

        return With(Value.Times(other.Value), product);
    }

    /// <summary>Faà di Bruno along each direction: f(z)⁽ᵏ⁾ from the values f⁽ᵏ⁾(z₀) in <paramref name="f"/>, k = 0 … order.</summary>
    public TorchSeries Compose(ReadOnlySpan<Tensor> f)
    {
        var result = new Tensor?[Derivatives.Length];
        for (var k = 1; k <= result.Length; k++)
        {
            result[k - 1] = Sum(f, k);
        }

        return With(f[0], result);
    }

    // f' z⁽ᵏ⁾ and the terms of higher derivatives of f; z⁽¹⁾ is null only where every derivative is.
    private Tensor? Sum(ReadOnlySpan<Tensor> f, int k)
    {
        if (At(1, k) is not { } z1)
        {
            return null;
        }

        var sum = At(k, k) is { } zk ? f[1].Times(zk) : null;
        switch (k)
        {
            case 2:
                return Add(sum, f[2].Times(z1.Squared()));
            case 3:
                sum = Add(sum, f[3].Times(z1).Times(z1.Squared()));
                return At(2, k) is { } z2 ? Add(sum, f[2].Times(z1).Times(z2).Times(3)) : sum;
            case 4:
                sum = Add(sum, f[4].Times(z1.Squared().Squared()));
                sum = At(2, k) is { } second ? Add(sum, f[3].Times(z1.Squared()).Times(6).Plus(f[2].Times(second).Times(3)).Times(second)) : sum;
                return At(3, k) is { } third ? Add(sum, f[2].Times(z1).Times(third).Times(4)) : sum;
            default:
                return sum;
        }
    }

    private static Tensor Add(Tensor? sum, Tensor term) => sum is null ? term : sum.Plus(term);

    private static Tensor Scaled(Tensor term, double factor) => factor == 1 ? term : term.Times(factor);

    private TorchSeries Combine(TorchSeries other, Func<Tensor, Tensor, Tensor> both, Func<Tensor, Tensor> right)
    {
        var derivatives = Derivatives.Zip(other.Derivatives, (a, b) => (a, b) switch
        {
            (null, null) => null,
            (not null, null) => a,
            (null, not null) => right(b),
            _ => both(a, b),
        });
        return With(both(Value, other.Value), derivatives);
    }

    // The j-th derivatives of those directions whose order is k or more.
    private Tensor? At(int j, int k)
    {
        if (j == 0)
        {
            return Value;
        }

        return Derivatives[j - 1] is { } derivative && Counts[j - 1] != Counts[k - 1] ? derivative.narrow(-3, 0, Counts[k - 1]) : Derivatives[j - 1];
    }

    private TorchSeries With(Tensor value, IEnumerable<Tensor?> derivatives) => this with { Value = value, Derivatives = [.. derivatives] };
}
