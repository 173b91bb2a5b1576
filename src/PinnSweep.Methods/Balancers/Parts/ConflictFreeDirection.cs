using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Matrices;

namespace PinnSweep.Methods.Balancers.Parts;

/// <summary>
/// The direction of ConFIG: with unit vectors û_k, x = pinv(Û) 1 has the same cosine with every g_k; d = (Σ_k ⟨g_k, x/‖x‖⟩) x/‖x‖.
/// Through the Gram matrix C of the unit vectors: y = C⁺ 1, x = Σ y_k û_k, ‖x‖² = Σ y_k.
/// </summary>
internal sealed class ConflictFreeDirection(int count, EventCounts events)
{
    /// <summary>Squares of singular values: 1e-12 here drops directions that 1e-6 would drop in a decomposition of Û.</summary>
    private const double Cutoff = 1e-12;

    private readonly SymmetricEigen _eigen = new(count);
    [Scratch] private readonly double[] _cosines = new double[count * count];
    private readonly double[] _ones = [.. Enumerable.Repeat(1.0, count)];
    [Scratch] private readonly double[] _y = new double[count];
    [Scratch] private readonly int[] _members = new int[count];

    /// <summary>
    /// Coefficients of the g_k in d. Zero gradients get 0; all are 0, and it is counted, where no direction has a positive cosine with
    /// every gradient.
    /// </summary>
    public void Coefficients(GradientGram gram, Span<double> coefficients)
    {
        coefficients.Clear();
        var n = 0;
        for (var k = 0; k < count; k++)
        {
            if (gram.IsNonzero(k))
            {
                _members[n++] = k;
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                _cosines[(i * n) + j] = gram.Cosine(_members[i], _members[j]);
            }
        }

        if (n == 0)
        {
            return;
        }

        _eigen.SolvePseudoInverse(_cosines, _ones.AsSpan(0, n), _y.AsSpan(0, n), Cutoff);
        var square = 0.0;
        for (var i = 0; i < n; i++)
        {
            square += _y[i];
        }

        // ‖x‖² is at least 1 where an exact solution exists, and 0 where the gradients cancel.
        if (square < 1e-6)
        {
            events.Count(BalancerEvents.OpposedGradients);
            return;
        }

        var length = 0.0;
        for (var i = 0; i < n; i++)
        {
            var cosine = 0.0;
            for (var j = 0; j < n; j++)
            {
                cosine += _cosines[(i * n) + j] * _y[j];
            }

            length += gram.Norm(_members[i]) * cosine;
        }

        for (var i = 0; i < n; i++)
        {
            coefficients[_members[i]] = _y[i] / gram.Norm(_members[i]) * length / square;
        }
    }
}
