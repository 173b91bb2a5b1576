using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace PinnSweep.Jets.Engines.Torch;

/// <summary>
/// The directions of a layout in descending order, so that the k-th derivatives of all directions that need them are the leading
/// rows of one tensor: <see cref="Counts"/>[k − 1] of them.
/// </summary>
internal sealed class TorchLayout : IDisposable
{
    private readonly int[] _rows;

    public TorchLayout(JetLayout layout, Node.Input input, ScalarType type, Device device)
        : this(layout, [input], [], type, device)
    {
        // Without a dimension of replicas.
    }

    /// <summary>Of replicas, each with a map of coordinates of its own.</summary>
    public TorchLayout(JetLayout layout, IReadOnlyList<Node.Input> replicas, ScalarType type, Device device)
        : this(layout, replicas, [replicas.Count], type, device)
    {
        // With a dimension of replicas before all others.
    }

    private TorchLayout(JetLayout layout, IReadOnlyList<Node.Input> inputs, long[] leading, ScalarType type, Device device)
    {
        Layout = layout;
        var sorted = Enumerable.Range(0, layout.Directions.Length).OrderByDescending(d => layout.Directions[d].Order).ToArray();
        _rows = new int[sorted.Length];
        for (var row = 0; row < sorted.Length; row++)
        {
            _rows[sorted[row]] = row;
        }

        Counts = [.. Enumerable.Range(1, layout.Order).Select(k => layout.Directions.Count(direction => direction.Order >= k))];
        var slopes = inputs.SelectMany(input => sorted.SelectMany(d => layout.Directions[d].Components.Zip(input.Scale, (component, scale) => component * scale))).ToArray();
        Slopes = sorted.Length == 0 ? null : TorchMemory.Persist(slopes, [.. leading, sorted.Length, 1, layout.InputDimension], type, device);
    }

    public JetLayout Layout { get; }

    /// <summary>Number of directions of order k or more, for k = 1 … order.</summary>
    public ImmutableArray<int> Counts { get; }

    /// <summary>First derivatives of the mapped coordinates, […, directions, 1, dimension]; higher ones vanish.</summary>
    public Tensor? Slopes { get; }

    /// <summary>A channel of an output of a network: […, n], or with a last length of 1 where it is the same at every point.</summary>
    public Tensor Channel(TorchSeries outputs, int output, int channel)
    {
        var (direction, k) = Locate(channel);
        if (k == 0)
        {
            return outputs.Value.select(-3, 0).select(-1, output);
        }

        return outputs.Derivatives[k - 1] is { } derivatives
            ? derivatives.select(-3, _rows[direction]).select(-1, output)
            : torch.zeros(1, outputs.Value.dtype, outputs.Value.device);
    }

    public void Dispose() => Slopes?.Dispose();

    private (int Direction, int Order) Locate(int channel)
    {
        var direction = 0;
        while (direction < Layout.Directions.Length && channel > Layout.Directions[direction].Order)
        {
            channel -= Layout.Directions[direction].Order;
            direction++;
        }

        return (direction, channel);
    }
}
