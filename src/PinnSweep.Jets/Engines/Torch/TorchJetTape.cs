using PinnSweep.Jets.Expressions;
using TorchSharp;
using static TorchSharp.torch;

namespace PinnSweep.Jets.Engines.Torch;

/// <summary>
/// The tape of <see cref="TorchJetEngine"/>: keeps autograd's graph from a forward pass to the next, for any number of pullbacks.
/// </summary>
internal sealed class TorchJetTape(TorchJetEngine engine, TorchNetwork network, JetLayout layout) : IJetTape
{
    private readonly TorchLayout _layout = new(layout, network.Input, engine.Type, engine.Device);
    private Tensor? _points;
    private Tensor? _jets;
    private Tensor? _theta;

    public JetLayout Layout => layout;

    public void SetPoints(ReadOnlySpan<double> points)
    {
        Release();
        _points?.Dispose();
        _points = engine.MapPoints(points);
    }

    public void Forward(Span<double> jets)
    {
        Release();
        using var scope = torch.NewDisposeScope();
        var points = _points ?? throw new InvalidOperationException("SetPoints comes first.");
        var (n, outputs) = (points.shape[1], engine.Network.Outputs);
        var (series, _) = network.Forward(engine.Theta, points, _layout);
        var channels = Enumerable.Range(0, outputs * layout.Channels)
            .Select(index => _layout.Channel(series, index / layout.Channels, index % layout.Channels).expand(n));
        _jets = torch.stack(channels.ToArray(), -1).DetachFromDisposeScope();
        _theta = engine.Theta;
        TorchMemory.Read(_jets, jets);
    }

    public void Pullback(ReadOnlySpan<double> cotangents, Span<double> gradient)
    {
        if (_jets is null || !ReferenceEquals(_theta, engine.Theta))
        {
            throw new InvalidOperationException("A pullback belongs to a forward pass with the same parameters and points.");
        }

        using var scope = torch.NewDisposeScope();
        var seed = TorchMemory.From(cotangents, _jets.shape, engine.Type, engine.Device);
        TorchJetEngine.Pull([_jets], [seed], _theta!, keepGraph: true, gradient);
    }

    public void Dispose()
    {
        Release();
        _points?.Dispose();
        _layout.Dispose();
    }

    private void Release()
    {
        _jets?.Dispose();
        _jets = null;
        _theta = null;
    }
}
