using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Engines;

/// <summary>
/// Derivatives of one network in one precision. θ and gradients are <see cref="double"/> at this edge whatever the arithmetic inside,
/// so that everything above works on plain flat vectors. Not thread-safe: one engine a trial.
/// </summary>
public interface IJetEngine : IDisposable
{
    /// <summary><c>fused</c>, <c>torch</c> or <c>cuda</c>, with what it runs on, for the record (for instance <c>fused/avx512</c>).</summary>
    string Name { get; }

    /// <summary>The card that it runs on; null for processors.</summary>
    EngineCard? Card => null;

    /// <summary>
    /// Whether different passes may run at the same time, each by one thread, while nobody sets θ.
    /// </summary>
    bool RunsPassesAtOnce => false;

    /// <summary>The network.</summary>
    NetworkGraph Network { get; }

    /// <summary>The arithmetic inside.</summary>
    Precision Precision { get; }

    /// <summary>Sets θ (network parameters, then coefficients) for all passes until the next call.</summary>
    void SetParameters(ReadOnlySpan<double> theta);

    /// <summary>Prepares the pass over one set of points with one or more residuals (loss terms that share the points).</summary>
    ILossPass CreatePass(ResidualProgram program);

    /// <summary>Prepares a tape: jets of a set of points and the pullback of any cotangent.</summary>
    IJetTape CreateTape(JetLayout layout);
}

/// <summary>
/// The unit of work: <c>(θ, points, residual, point weights) → loss, ∂loss/∂θ, residuals</c>. With n points and m residuals,
/// loss_j = (1/n) Σᵢ w_ij r_ij². Spans indexed by residual and point are residual-major: entry j·n + i.
/// </summary>
public interface ILossPass : IDisposable
{
    /// <summary>The residuals.</summary>
    ResidualProgram Program { get; }

    /// <summary>n.</summary>
    int PointCount { get; }

    /// <summary>
    /// Sets the points (row-major n × dimension, problem units) and evaluates what depends on coordinates alone. n may change.
    /// </summary>
    void SetPoints(ReadOnlySpan<double> points);

    /// <summary>
    /// Losses and residuals without weights. For weights that depend on the residuals: the next <see cref="Run"/> or
    /// <see cref="RunCombined"/> at the same θ and points may take over what this pass computed, with the same bits, instead of running the
    /// network again.
    /// </summary>
    /// <param name="losses">m.</param>
    /// <param name="residuals">m·n.</param>
    void Forward(Span<double> losses, Span<double> residuals) => Run([], losses, new double[losses.Length], residuals, []);

    /// <summary>Losses, residuals and one gradient per residual.</summary>
    /// <param name="pointWeights">m·n weights, or empty for ones.</param>
    /// <param name="losses">m: unweighted (1/n) Σ r².</param>
    /// <param name="weightedLosses">m: (1/n) Σ w r²; equal to <paramref name="losses"/> without weights.</param>
    /// <param name="residuals">m·n.</param>
    /// <param name="gradients">m·P: ∂(weighted loss j)/∂θ, overwritten. Empty: no reverse pass.</param>
    void Run(ReadOnlySpan<double> pointWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradients);

    /// <summary>
    /// As <see cref="Run"/>, with the one gradient of Σ_j λ_j · weighted loss_j: a single reverse pass for terms that share points.
    /// </summary>
    void RunCombined(ReadOnlySpan<double> pointWeights, ReadOnlySpan<double> termWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradient);

    /// <summary>Rows ∂r_ji/∂θ for residual j: n × P, row-major, overwritten.</summary>
    void Jacobian(int residual, Span<double> residuals, Span<double> rows) => Jacobian(residual, 0, residuals, rows);

    /// <summary>The same for some of the points.</summary>
    /// <param name="residual">j.</param>
    /// <param name="first">The first point, a multiple of <see cref="LossPassRows.Block"/>.</param>
    /// <param name="residuals">Takes r_ji; its length says how many points.</param>
    /// <param name="rows">Takes the rows.</param>
    void Jacobian(int residual, int first, Span<double> residuals, Span<double> rows);

    /// <summary>‖∂r_ji/∂θ‖² of every point i, without forming the rows.</summary>
    /// <param name="residual">j.</param>
    /// <param name="squaredNorms">n, overwritten.</param>
    /// <returns>False, and nothing is written, where this engine or network needs the rows.</returns>
    bool TrySquaredNorms(int residual, Span<double> squaredNorms) => false;
}

/// <summary>How a Jacobian is divided.</summary>
public static class LossPassRows
{
    /// <summary>
    /// Points of a block: whole tiles in every engine and precision, and its rows still fit a core's second cache for small networks.
    /// </summary>
    public const int Block = 256;
}

/// <summary>Forward jets and reverse pullback, for what a loss pass does not offer.</summary>
public interface IJetTape : IDisposable
{
    /// <summary>The channels.</summary>
    JetLayout Layout { get; }

    /// <summary>Sets the points (row-major n × dimension).</summary>
    void SetPoints(ReadOnlySpan<double> points);

    /// <summary>Jets: entry (i·outputs + o)·channels + c.</summary>
    void Forward(Span<double> jets);

    /// <summary>
    /// Adds nothing: overwrites <paramref name="gradient"/> with Σ cotangent · ∂jets/∂θ, cotangents laid out as the jets.
    /// </summary>
    void Pullback(ReadOnlySpan<double> cotangents, Span<double> gradient);
}
