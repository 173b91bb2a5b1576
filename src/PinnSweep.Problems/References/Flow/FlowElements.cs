using System.Numerics.Tensors;
using PinnSweep.Numerics.Arrays;

namespace PinnSweep.Problems.References.Flow;

/// <summary>
/// The weak form of u_t + u·∇u = −∇p + ν Δu + f and ∇·u = 0 on elements: ∫ φ (u_t + u·∇u − f) + ν ∇φ·∇u − p ∇·φ = 0 for each velocity φ that
/// is not given, ∫ q ∇·u = 0 for each pressure q. Unknowns are u and v of node k, 2k and 2k + 1, then the pressures element by element; within
/// an element all u, all v, all p.
/// </summary>
internal sealed class FlowElements
{
    private readonly double _viscosity;
    private readonly int[][] _natural;
    private readonly int[][] _local;
    private readonly int[][] _free;
    private readonly int[] _inner;
    private readonly bool[] _isGiven;
    private readonly double[] _stress;

    /// <summary>Numbers the unknowns of a flow.</summary>
    public FlowElements(FlowBasis basis, FlowMesh mesh, double viscosity, FlowConditions conditions)
    {
        (Basis, Mesh, Conditions, _viscosity) = (basis, mesh, conditions, viscosity);
        var (nodes, modes, first) = ((basis.Degree + 1) * (basis.Degree + 1), basis.Modes.Length, 2 * mesh.Points.Length);
        Size = first + (mesh.Elements.Length * modes);
        _isGiven = new bool[Size];
        foreach (var node in mesh.Boundary)
        {
            var (x, y) = mesh.Points[node];
            (_isGiven[2 * node], _isGiven[(2 * node) + 1]) = (conditions.GivesU(x, y), conditions.GivesV(x, y));
        }

        // Where nothing fixes the pressure, the mean of the first element's is zero.
        _isGiven[first] |= !conditions.FixesPressure;
        _natural = [.. mesh.Elements.Select((element, e) => (int[])
        [
            .. element.Nodes.Select(node => 2 * node),
            .. element.Nodes.Select(node => (2 * node) + 1),
            .. Enumerable.Range(first + (e * modes), modes),
        ])];
        bool IsInner(int local) => local < 2 * nodes
            ? local % nodes / (basis.Degree + 1) % basis.Degree != 0 && local % (basis.Degree + 1) % basis.Degree != 0
            : local > 2 * nodes;
        _local = [.. _natural.Select(unknowns => (int[])
        [
            .. Enumerable.Range(0, unknowns.Length).Where(local => !_isGiven[unknowns[local]] && IsInnerOf(local)),
            .. Enumerable.Range(0, unknowns.Length).Where(local => !_isGiven[unknowns[local]] && !IsInnerOf(local)),
        ])];
        _free = [.. _local.Select((local, e) => Array.ConvertAll(local, index => _natural[e][index]))];
        _inner = [.. _local.Select(local => local.Count(IsInnerOf))];
        _stress = Stress();

        bool IsInnerOf(int local) => local < 2 * nodes ? IsInner(local % nodes) : IsInner(local);
    }

    /// <summary>The functions.</summary>
    public FlowBasis Basis { get; }

    /// <summary>The elements.</summary>
    public FlowMesh Mesh { get; }

    /// <summary>What holds on the boundary.</summary>
    public FlowConditions Conditions { get; }

    /// <summary>Number of all unknowns, those given included.</summary>
    public int Size { get; }

    /// <summary>Puts the velocities that are given at a time into a state.</summary>
    public void Give(double[] state, double time)
    {
        foreach (var node in Mesh.Boundary)
        {
            var (u, v) = Conditions.Velocity(Mesh.Points[node].X, Mesh.Points[node].Y, time);
            state[2 * node] = _isGiven[2 * node] ? u : state[2 * node];
            state[(2 * node) + 1] = _isGiven[(2 * node) + 1] ? v : state[(2 * node) + 1];
        }
    }

    /// <summary>Factors the derivative of the weak form.</summary>
    /// <param name="inertia">What u_t is in units of u: γ/Δt, or 0 in a steady flow.</param>
    /// <param name="state">The state at which u·∇u is differentiated; null without it.</param>
    public FrontalSystem Factor(double inertia, double[]? state) => new(Size, _free, _inner, e =>
    {
        var full = Matrix(e, inertia, state);
        return Array.ConvertAll(_local[e], i => Array.ConvertAll(_local[e], j => full[i][j]));
    });

    /// <summary>
    /// What is left of the weak form where all it says of a state but stress and pressure is a force at each Gauss point.
    /// </summary>
    /// <param name="state">All unknowns.</param>
    /// <param name="force">Takes element, Gauss point, and the field there; returns what stands beside φ, in both equations.</param>
    /// <returns>Minus what is left; zero for what is given.</returns>
    public double[] Defect(double[] state, Func<int, int, FlowPoint, (double X, double Y)> force)
    {
        var defect = (double[])_stress.Clone();
        var (nodes, modes) = ((Basis.Degree + 1) * (Basis.Degree + 1), Basis.Modes.Length);
        var own = new double[(2 * nodes) + modes];
        for (var e = 0; e < _natural.Length; e++)
        {
            var (element, values) = (Mesh.Elements[e], Array.ConvertAll(_natural[e], unknown => state[unknown]));
            var (u, v, p) = (values.AsMemory(0, nodes), values.AsMemory(nodes, nodes), values.AsMemory(2 * nodes));
            Array.Clear(own);
            for (var q = 0; q < Basis.Weights.Length; q++)
            {
                var point = PointOf(element, q, u.Span, v.Span, Vectors.Dot(Basis.Pressures[q], p.Span));
                var (x, y) = force(e, q, point);
                var weight = -Basis.Weights[q] * element.Width * element.Height / 4;
                var (alongX, alongY) = (weight * 2 / element.Width, weight * 2 / element.Height);
                AddTo(own.AsSpan(0, nodes), q, weight * x, alongX * ((_viscosity * point.Ux) - point.P), alongY * _viscosity * point.Uy);
                AddTo(own.AsSpan(nodes, nodes), q, weight * y, alongX * _viscosity * point.Vx, alongY * ((_viscosity * point.Vy) - point.P));
                AddScaled(own.AsSpan(2 * nodes), Basis.Pressures[q], -weight * (point.Ux + point.Vy));
            }

            for (var local = 0; local < own.Length; local++)
            {
                defect[_natural[e][local]] += _isGiven[_natural[e][local]] ? 0 : own[local];
            }
        }

        return defect;
    }

    /// <summary>The field at a point; not a number outside of the domain.</summary>
    public (double U, double V, double P) At(double[] state, double x, double y)
    {
        if (Mesh.Find(x, y) is not var (e, ownX, ownY))
        {
            return (double.NaN, double.NaN, double.NaN);
        }

        var (values, nodes) = (Array.ConvertAll(_natural[e], unknown => state[unknown]), (Basis.Degree + 1) * (Basis.Degree + 1));
        var functions = Basis.ValuesAt(ownX, ownY);
        return (
            Vectors.Dot(functions, values.AsSpan(0, nodes)),
            Vectors.Dot(functions, values.AsSpan(nodes, nodes)),
            Vectors.Dot(Basis.PressuresAt(ownX, ownY), values.AsSpan(2 * nodes)));
    }

    /// <summary>∮ φ (ν u_x − p) over the right end of the domain.</summary>
    private double[] Stress()
    {
        var (sums, right) = (new double[Size], Mesh.Points.Max(point => point.X));
        for (var e = 0; e < _natural.Length && Conditions.Stress is not null; e++)
        {
            var element = Mesh.Elements[e];
            for (var q = 0; q < Basis.Weights.Length && Mesh.Points[element.Nodes[^1]].X == right; q++)
            {
                // The weights of a square add up to 2 for each of a side.
                var functions = Basis.ValuesAt(1, Basis.Places[q].Y);
                var weight = Basis.Weights[q] / 2 * element.Height / 2 * Conditions.Stress(element.Of((1, Basis.Places[q].Y)).Y);
                for (var a = 0; a < functions.Length; a++)
                {
                    sums[_natural[e][a]] += _isGiven[_natural[e][a]] ? 0 : weight * functions[a];
                }
            }
        }

        return sums;
    }

    private static void AddScaled(Span<double> sum, double[] term, double factor) => TensorPrimitives.MultiplyAdd(term, factor, sum, sum);

    private void AddTo(Span<double> own, int q, double value, double alongX, double alongY)
    {
        AddScaled(own, Basis.Values[q], value);
        AddScaled(own, Basis.SlopesX[q], alongX);
        AddScaled(own, Basis.SlopesY[q], alongY);
    }

    private FlowPoint PointOf(FlowCell element, int q, ReadOnlySpan<double> u, ReadOnlySpan<double> v, double p)
    {
        var (alongX, alongY) = (2 / element.Width, 2 / element.Height);
        return new(
            Vectors.Dot(Basis.Values[q], u),
            Vectors.Dot(Basis.Values[q], v),
            p,
            alongX * Vectors.Dot(Basis.SlopesX[q], u),
            alongY * Vectors.Dot(Basis.SlopesY[q], u),
            alongX * Vectors.Dot(Basis.SlopesX[q], v),
            alongY * Vectors.Dot(Basis.SlopesY[q], v));
    }

    private double[][] Matrix(int e, double inertia, double[]? state)
    {
        var (element, nodes, modes) = (Mesh.Elements[e], (Basis.Degree + 1) * (Basis.Degree + 1), Basis.Modes.Length);
        var matrix = new double[(2 * nodes) + modes][];
        for (var i = 0; i < matrix.Length; i++)
        {
            matrix[i] = new double[matrix.Length];
        }

        var values = state is null ? null : Array.ConvertAll(_natural[e], unknown => state[unknown]);
        var (ofU, ofV, other) = (new double[nodes], new double[nodes], new double[nodes]);
        for (var q = 0; q < Basis.Weights.Length; q++)
        {
            var weight = Basis.Weights[q] * element.Width * element.Height / 4;
            var (alongX, alongY) = (2 / element.Width, 2 / element.Height);
            var (value, slopeX, slopeY) = (Basis.Values[q], Basis.SlopesX[q], Basis.SlopesY[q]);
            var at = values is null ? default : PointOf(element, q, values.AsSpan(0, nodes), values.AsSpan(nodes, nodes), 0);

            // What stands beside φ in both equations, as a combination of the functions: own velocity, and the other one.
            for (var b = 0; b < nodes; b++)
            {
                var common = weight * ((inertia * value[b]) + (at.U * alongX * slopeX[b]) + (at.V * alongY * slopeY[b]));
                (ofU[b], ofV[b], other[b]) = (common + (weight * at.Ux * value[b]), common + (weight * at.Vy * value[b]), weight * value[b]);
            }

            for (var a = 0; a < nodes; a++)
            {
                var (rowU, rowV) = (matrix[a], matrix[nodes + a]);
                var (shearX, shearY) = (weight * _viscosity * alongX * alongX * slopeX[a], weight * _viscosity * alongY * alongY * slopeY[a]);
                Add(rowU.AsSpan(0, nodes), ofU);
                Add(rowV.AsSpan(nodes, nodes), ofV);
                AddScaled(rowU.AsSpan(2 * nodes), Basis.Pressures[q], -weight * alongX * slopeX[a]);
                AddScaled(rowV.AsSpan(2 * nodes), Basis.Pressures[q], -weight * alongY * slopeY[a]);
                if (state is not null)
                {
                    AddScaled(rowU.AsSpan(nodes, nodes), other, value[a] * at.Uy);
                    AddScaled(rowV.AsSpan(0, nodes), other, value[a] * at.Vx);
                }

                void Add(Span<double> row, double[] beside)
                {
                    AddScaled(row, beside, value[a]);
                    AddScaled(row, slopeX, shearX);
                    AddScaled(row, slopeY, shearY);
                }
            }
        }

        for (var k = 2 * nodes; k < matrix.Length; k++)
        {
            for (var a = 0; a < 2 * nodes; a++)
            {
                matrix[k][a] = matrix[a][k];
            }
        }

        return matrix;
    }
}
