using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Engines.Packs;

/// <summary>An engine whose passes run together with those of other lanes. It has the name of the one inside, whose digits it gives.</summary>
internal sealed class LaneEngine(int lane, LaneMeeting meeting, IJetEngine inner, int coefficients) : IJetEngine
{
    private readonly string _form = PackForm.Of(inner.Network, inner.Precision, coefficients);

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public EngineCard? Card => inner.Card;

    /// <inheritdoc/>
    public NetworkGraph Network => inner.Network;

    /// <inheritdoc/>
    public Precision Precision => inner.Precision;

    /// <inheritdoc/>
    public void SetParameters(ReadOnlySpan<double> theta) => inner.SetParameters(theta);

    /// <inheritdoc/>
    public ILossPass CreatePass(ResidualProgram program)
    {
        var pass = inner.CreatePass(program);
        return new LanePass(meeting, pass, new(lane, $"{_form}|{PackForm.Of(program)}", pass));
    }

    /// <inheritdoc/>
    public IJetTape CreateTape(JetLayout layout)
    {
        var tape = inner.CreateTape(layout);
        return new LaneTape(meeting, tape, new(lane, $"{_form}|{PackForm.Of(layout)}", tape));
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
