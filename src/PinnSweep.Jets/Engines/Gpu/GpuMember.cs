using System.Numerics;
using PinnSweep.Jets.Engines.Gpu.Kernels;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>
/// What one pass or tape has of a form: its constants, points and columns, kept on the device from one launch to the next. Setting them touches
/// the host alone; the next launch carries them over.
/// </summary>
internal sealed class GpuMember<T, TReal> : IGpuMember, IDisposable
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    private readonly double[] _constants;
    private readonly ColumnEvaluator? _columns;
    private readonly int _dimension;

    public GpuMember(GpuEngine<T, TReal> engine, JetLayout layout, ResidualProgram? program)
    {
        Engine = engine;
        Program = program;
        Layout = layout;
        _dimension = layout.InputDimension;
        _constants = [.. new LaneConstants(engine.Network, layout, program).Values];
        _columns = program is null ? null : new(program.Columns, _dimension);
        Data = new T[_constants.Length];
        Form = engine.Backend.Enter(this);
    }

    /// <summary>The engine, which has θ.</summary>
    public GpuEngine<T, TReal> Engine { get; }

    /// <summary>The channels.</summary>
    public JetLayout Layout { get; }

    /// <summary>The residuals; null of a tape.</summary>
    public ResidualProgram? Program { get; }

    /// <summary>The form.</summary>
    public GpuForm<T, TReal> Form { get; }

    /// <summary>Points.</summary>
    public int Count { get; private set; }

    /// <summary>Whether points were set.</summary>
    public bool HasPoints { get; private set; }

    /// <summary>Constants, coordinates, those of the second points, columns; each a vector of all points.</summary>
    public T[] Data { get; private set; }

    /// <summary>Where they are on the device; −1 before the first launch.</summary>
    public long Place { get; set; } = -1;

    /// <summary>Numbers that have room there.</summary>
    public int Room { get; set; }

    /// <summary>Whether the device has older ones.</summary>
    public bool IsStale { get; set; } = true;

    /// <summary>Sets the points, row-major n × dimension.</summary>
    public void SetPoints(ReadOnlySpan<double> points)
    {
        var n = points.Length / _dimension;
        var sides = Program?.Across is null ? 1 : 2;
        var length = _constants.Length + (n * ((sides * _dimension) + (_columns?.Count ?? 0)));
        Data = Data.Length == length && HasPoints ? Data : new T[length];
        Write(_constants, Data);
        Transpose(points, Data.AsSpan(_constants.Length));
        if (sides == 2)
        {
            Transpose(Program!.Across!.Points(points, _dimension), Data.AsSpan(_constants.Length + (n * _dimension)));
        }

        if (_columns is { Count: > 0 })
        {
            var columns = new double[_columns.Count * n];
            _columns.Evaluate(points, columns);
            Write(columns, Data.AsSpan(_constants.Length + (sides * n * _dimension)));
        }

        (Count, HasPoints, IsStale) = (n, true, true);
    }

    /// <inheritdoc/>
    public void RunGroup(IReadOnlyList<Packs.LaneRequest> group) => Form.Run(group);

    /// <inheritdoc/>
    public void Dispose() => Engine.Backend.Leave(this);

    /// <summary>Rounds to the precision of the device.</summary>
    public static void Write(ReadOnlySpan<double> values, Span<T> target)
    {
        for (var i = 0; i < values.Length; i++)
        {
            target[i] = default(TReal).Of(values[i]);
        }
    }

    private void Transpose(ReadOnlySpan<double> points, Span<T> target)
    {
        var n = points.Length / _dimension;
        for (var p = 0; p < n; p++)
        {
            for (var i = 0; i < _dimension; i++)
            {
                target[(i * n) + p] = default(TReal).Of(points[(p * _dimension) + i]);
            }
        }
    }
}
