using PinnSweep.Methods.Optimizers.Parts;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// SOAP (Vyas et al., arXiv 2409.11321, algorithm 3): for each weight matrix L ← β₂ L + (1 − β₂) G Gᵀ and R ← β₂ R + (1 − β₂) GᵀG, and Adam
/// in the basis of their eigenvectors: the second moment is that of the rotated gradient Q_Lᵀ G Q_R, the first is kept unrotated and
/// rotated with it. The bases are refreshed every so many steps by one power iteration with QR (algorithm 4). Everything that is no weight
/// matrix is trained by Adam.
/// </summary>
/// <remarks>
/// The bases begin as eigenvectors of the first L and R; the first step moves no matrix, as in the authors' code, because L and R are then
/// only that gradient's. Columns keep their order at a refresh (the authors' code sorts them by their estimated eigenvalues). Default β's
/// and refresh are those that PINN studies use (β₁ 0.99, β₂ 0.999, every 2 steps); the paper's language models take 0.95, 0.95 and 10.
/// Products and refreshes are computed in double; moments, statistics and bases are rounded as <see cref="StatePrecision"/> says.
/// </remarks>
internal sealed class Soap : IOptimizer
{
    private static readonly Parameter<double> Beta1 = MethodParameters.Number(
        "beta1", 0.99, 0, 0.999999, "decay of the first moment (arXiv 2502.00604: 0.99)");
    private static readonly Parameter<double> Beta2 = MethodParameters.Number(
        "beta2", 0.999, 0, 0.9999999, "decay of the second moment, and of L and R (arXiv 2502.00604: 0.999)");
    private static readonly Parameter<double> Epsilon = MethodParameters.Positive(
        "epsilon", 1e-8, "added to the bias-corrected root (arXiv 2409.11321: 1e-8)");
    private static readonly Parameter<int> Refresh = MethodParameters.Count(
        "refresh", 2, "steps between refreshes of the bases (arXiv 2502.00604: 2)");

    private readonly OptimizerContext _context;
    private readonly LearningRateSchedule _schedule;
    private readonly RestOfTheta _rest;
    private readonly SoapBlock[] _blocks;
    private readonly int _refresh;
    private long _steps;

    private Soap(OptimizerContext context, Level level)
    {
        _context = context;
        _schedule = new(level);
        var (beta1, beta2, epsilon) = (Beta1.Of(level), Beta2.Of(level), Epsilon.Of(level));
        var single = StatePrecision.IsSingle(context, level);
        _rest = new(context, beta1, beta2, epsilon, single);
        _blocks = [.. context.Matrices.Select(matrix => new SoapBlock(matrix, beta1, beta2, epsilon, single))];
        _refresh = Refresh.Of(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static OptimizerEntry Entry { get; } = new(
        new(
            Factor.Optimizer,
            "soap",
            "Adam in the eigenbasis of Shampoo for weight matrices, Adam for the rest",
            "Vyas, Morwani, Zhao, Kwun, Shapira, Brandfonbrener, Janson, Kakade, arXiv 2409.11321; for PINNs: Wang, Bhartari, Li, Perdikaris, arXiv 2502.00604",
            [
                LearningRateSchedule.LearningRate with { Summary = "learning rate (arXiv 2502.00604: 1e-3)" },
                Beta1,
                Beta2,
                Epsilon,
                Refresh,
                .. LearningRateSchedule.Parameters,
                StatePrecision.Parameter,
            ]),
        (context, level) => new Soap(context, level));

    /// <inheritdoc/>
    public double LearningRate => _schedule.Rate;

    /// <inheritdoc/>
    public double BaseLearningRate => _schedule.BaseRate;

    /// <inheritdoc/>
    public void Step(Span<double> theta, ReadOnlySpan<double> gradient, double loss, IObjective objective)
    {
        var rate = _schedule.Rate;
        foreach (var block in _blocks)
        {
            var g = gradient.Slice(block.Matrix.Offset, block.Matrix.Length);
            if (_steps == 0)
            {
                block.Begin(g);
            }
            else
            {
                block.Step(theta.Slice(block.Matrix.Offset, block.Matrix.Length), g, rate, _steps);
                block.Observe(g, refresh: _steps % _refresh == 0);
            }
        }

        _rest.Step(theta, gradient, rate);
        _steps++;
        if (_context.RoundToSingle)
        {
            Flat.RoundToSingle(theta);
        }

        _schedule.Advance(loss);
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Count("soap.steps", ref _steps);
        Array.ForEach(_blocks, block => block.State(archive));
        _rest.State(archive);
        _schedule.State(archive);
    }
}
