using System.Collections.Immutable;
using PinnSweep.Jets;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>What a loss term is for.</summary>
public enum TermRole
{
    /// <summary>The residual of the differential equation.</summary>
    Residual,

    /// <summary>A boundary condition.</summary>
    Boundary,

    /// <summary>An initial condition.</summary>
    Initial,

    /// <summary>Measured values.</summary>
    Data,
}

/// <summary>A loss term as a balancer sees it.</summary>
/// <param name="Name">Its name, also the key of <c>weights</c> in study files.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Points">Number of its points.</param>
/// <param name="Scale">Characteristic size of its residual in the problem's units (power normalization).</param>
public sealed record TermInfo(string Name, TermRole Role, int Points, double Scale);

/// <summary>What a balancer is made for.</summary>
/// <param name="Terms">The loss terms in the problem's order. The first with role Residual is the usual reference.</param>
/// <param name="Network">The network; its blocks tell weights from biases and name the last layer.</param>
/// <param name="Coefficients">Trainable coefficients behind the network's parameters in θ.</param>
/// <param name="LearningRate">The optimizer's base learning rate.</param>
/// <param name="FixedPoints">Whether the points of a term stay the same for the whole training, term by term.</param>
/// <param name="Stream">The balancer's own random stream.</param>
/// <param name="Events">Counts clamps and non-finite inputs by name.</param>
public sealed record BalancerContext(
    ImmutableArray<TermInfo> Terms,
    NetworkGraph Network,
    int Coefficients,
    double LearningRate,
    ImmutableArray<bool> FixedPoints,
    RandomStream Stream,
    EventCounts Events)
{
    /// <summary>Coordinates and gradients of single points on demand.</summary>
    public ITermProbe Probe { get; init; } = NoProbe.Instance;

    /// <summary>Length of θ with coefficients.</summary>
    public int ParameterCount => Network.ParameterCount + Coefficients;

    /// <summary>Index of the first residual term.</summary>
    public int Reference => Terms.Select((term, index) => (term, index)).First(t => t.term.Role == TermRole.Residual).index;
}

/// <summary>Counts of noteworthy things during a training, by name.</summary>
public sealed class EventCounts : IStateful
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The counts so far.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Adds one.</summary>
    public void Count(string name) => _counts[name] = _counts.GetValueOrDefault(name) + 1;

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Write("events", (long)_counts.Count);
        foreach (var (name, count) in _counts)
        {
            writer.Write("event", name);
            writer.Write("count", (long)count);
        }
    }

    /// <inheritdoc/>
    public void Load(StateReader reader)
    {
        _counts.Clear();
        for (var n = reader.ReadLong("events"); n > 0; n--)
        {
            var name = reader.ReadText("event");
            _counts[name] = (int)reader.ReadLong("count");
        }
    }
}

/// <summary>What was evaluated at the current θ, before the optimizer moves it.</summary>
public readonly ref struct StepObservation
{
    /// <summary>0 for the first step.</summary>
    public required int Step { get; init; }

    /// <summary>The learning rate that the optimizer will use in this step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Length of θ.</summary>
    public required int ParameterCount { get; init; }

    /// <summary>Unweighted loss of each term: (1/n) Σ r².</summary>
    public required ReadOnlySpan<double> Losses { get; init; }

    /// <summary>Loss of each term with its weights of points: (1/n) Σ w r².</summary>
    public required ReadOnlySpan<double> WeightedLosses { get; init; }

    /// <summary>Gradients of <see cref="WeightedLosses"/>, K × P, without term weights. Empty in <see cref="IBalancer.ObserveResiduals"/> and where <see cref="IBalancer.NeedsTermGradients"/> said no.</summary>
    public required ReadOnlySpan<double> Gradients { get; init; }

    /// <summary>
    /// In <see cref="IBalancer.Update"/> where <see cref="IBalancer.NeedsTermGradients"/> said no: the gradient of Σ λ_k · <see cref="WeightedLosses"/> k at the term weights
    /// before the passes. Else empty.
    /// </summary>
    public ReadOnlySpan<double> Direction { get; init; }

    /// <summary>Residuals of all terms, one after another in the order of terms.</summary>
    public required ReadOnlySpan<double> Residuals { get; init; }

    /// <summary>The gradient of term k.</summary>
    public ReadOnlySpan<double> Gradient(int term) => Gradients.Slice(term * ParameterCount, ParameterCount);
}

/// <summary>
/// A method that weighs the loss terms. In each step the training loop calls: <see cref="ObserveResiduals"/> (only where
/// <see cref="NeedsResidualsFirst"/>), the passes with <see cref="PointWeights"/>, <see cref="Update"/>, <see cref="Combine"/>, the optimizer, <see cref="AfterStep"/>.
/// </summary>
public interface IBalancer : IStateful
{
    /// <summary>One weight per term, as used by <see cref="Combine"/> in the current step.</summary>
    ReadOnlySpan<double> TermWeights { get; }

    /// <summary>Weights of the points of a term that multiply r², or empty for ones.</summary>
    ReadOnlySpan<double> PointWeights(int term) => [];

    /// <summary>Whether weights of this step depend on this step's residuals; what their forward pass computed serves the rest of the step.</summary>
    bool NeedsResidualsFirst => false;

    /// <summary>
    /// Whether this step needs the gradient of every term: a method that reads them, combines them in a way of its own, or changes the ratios of its term
    /// weights between the passes and <see cref="Combine"/>. Where it does not, terms that share points share one reverse pass, by the term weights as they are
    /// before the passes; <see cref="StepObservation.Gradients"/> is then empty, <see cref="StepObservation.Direction"/> is given, <see cref="Combine"/> is not called, and
    /// <see cref="Update"/> may multiply all term weights by one factor, which the direction follows.
    /// </summary>
    bool NeedsTermGradients(int step) => true;

    /// <summary>Sees losses and residuals at the current θ before the passes that use the weights.</summary>
    void ObserveResiduals(in StepObservation observation)
    {
    }

    /// <summary>Sets the weights of the current step from what was evaluated at the current θ.</summary>
    void Update(in StepObservation observation);

    /// <summary>The direction that the optimizer takes as gradient. By default Σ λ_k g_k.</summary>
    void Combine(in StepObservation observation, Span<double> gradient) => Flat.WeightedSum(TermWeights, observation.Gradients, gradient);

    /// <summary>Sees the same observation after the optimizer has moved θ.</summary>
    void AfterStep(in StepObservation observation)
    {
    }

    /// <summary>The sampler has drawn new points for a term (n may have changed); the probe already tells the new coordinates. Not called for the first points.</summary>
    void PointsChanged(int term, int points)
    {
    }
}
