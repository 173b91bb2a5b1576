using PinnSweep.Methods.Balancers.Parts;
using PinnSweep.Methods.Events;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Methods.Balancers.OnGradients;

/// <summary>
/// IMTL-G, impartial multi-task learning (Liu, Li, Kuang, Xue, Chen, Yang, Liao, Zhang, ICLR 2021, eqs. 5–6): d = Σ α_k g_k with Σ α_k = 1
/// and the same projection on every unit gradient, ⟨d, u_1⟩ = ⟨d, u_k⟩. Weights may be negative.
/// </summary>
/// <remarks>
/// Solved for β_k = α_k ‖g_k‖, whose system has cosines as entries. Where it is singular (parallel gradients) α_k is proportional to
/// 1/‖g_k‖, the solution for two terms, and it is counted. Zero gradients take no part.
/// </remarks>
internal sealed class ImpartialGradient : IBalancer
{
    private const double SmallestPivot = 1e-10;

    private readonly TermWeightVector _weights;
    private readonly GradientGram _gram;
    private readonly EventCounts _events;
    [Scratch] private readonly double[] _system;
    [Scratch] private readonly double[] _beta;
    [Scratch] private readonly double[] _alpha;
    [Scratch] private readonly int[] _members;

    private ImpartialGradient(BalancerContext context)
    {
        var terms = context.Terms.Length;
        _weights = new(terms, 1.0 / terms, context.Events);
        _gram = new(terms, context.Events);
        _events = context.Events;
        _system = new double[terms * terms];
        _beta = new double[terms];
        _alpha = new double[terms];
        _members = new int[terms];
    }

    /// <summary>The catalog's entry.</summary>
    public static BalancerEntry Entry { get; } = new(
        new(
            Factor.Balancer,
            "imtl-g",
            "the combination of the gradients with equal projections on all of them",
            "Liu, Li, Kuang, Xue, Chen, Yang, Liao, Zhang, \"Towards Impartial Multi-task Learning\", ICLR 2021, openreview IMPnRXEWpvr",
            []),
        Granularity.Gradient,
        ScaleBehaviour.Invariant,
        (context, _) => new ImpartialGradient(context));

    /// <inheritdoc/>
    public ReadOnlySpan<double> TermWeights => _weights.Values;

    /// <inheritdoc/>
    public double Update(in StepObservation observation)
    {
        if (!_gram.Take(observation.Gradients))
        {
            return 1;
        }

        var n = 0;
        for (var k = 0; k < _alpha.Length; k++)
        {
            if (_gram.IsNonzero(k))
            {
                _members[n++] = k;
            }
        }

        if (n == 0)
        {
            return 1;
        }

        if (!Solve(n))
        {
            _events.Count(BalancerEvents.SingularSystem);
            _beta.AsSpan(0, n).Fill(1);
        }

        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            sum += _beta[i] / _gram.Norm(_members[i]);
        }

        Array.Clear(_alpha);
        for (var i = 0; i < n; i++)
        {
            _alpha[_members[i]] = _beta[i] / _gram.Norm(_members[i]) / sum;
        }

        _weights.Set(_alpha);
        return 1;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive) => _weights.State(archive);

    /// <summary>Σ_j β_j = 1 and Σ_j β_j (cos_j1 − cos_jk) = 0 for k ≥ 2, by Gauss elimination with row pivots.</summary>
    private bool Solve(int n)
    {
        for (var j = 0; j < n; j++)
        {
            _system[j] = 1;
            _beta[j] = j == 0 ? 1 : 0;
            for (var k = 1; k < n; k++)
            {
                _system[(k * n) + j] = _gram.Cosine(_members[j], _members[0]) - _gram.Cosine(_members[j], _members[k]);
            }
        }

        for (var column = 0; column < n; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < n; row++)
            {
                pivot = Math.Abs(_system[(row * n) + column]) > Math.Abs(_system[(pivot * n) + column]) ? row : pivot;
            }

            if (Math.Abs(_system[(pivot * n) + column]) < SmallestPivot)
            {
                return false;
            }

            Eliminate(n, column, pivot);
        }

        for (var row = n - 1; row >= 0; row--)
        {
            for (var j = row + 1; j < n; j++)
            {
                _beta[row] -= _system[(row * n) + j] * _beta[j];
            }

            _beta[row] /= _system[(row * n) + row];
        }

        return true;
    }

    private void Eliminate(int n, int column, int pivot)
    {
        (_beta[column], _beta[pivot]) = (_beta[pivot], _beta[column]);
        for (var j = 0; j < n; j++)
        {
            (_system[(column * n) + j], _system[(pivot * n) + j]) = (_system[(pivot * n) + j], _system[(column * n) + j]);
        }

        for (var row = column + 1; row < n; row++)
        {
            var factor = _system[(row * n) + column] / _system[(column * n) + column];
            _beta[row] -= factor * _beta[column];
            for (var j = column; j < n; j++)
            {
                _system[(row * n) + j] -= factor * _system[(column * n) + j];
            }
        }
    }
}
