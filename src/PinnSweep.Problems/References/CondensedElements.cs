using System.Numerics.Tensors;
using PinnSweep.Numerics.Matrices;

namespace PinnSweep.Problems.References;

/// <summary>
/// ∫ (a ∇u·∇v + s u v) + ∮ a r u v = ∫ f v on a mesh, for all shapes v, or for those that vanish on the sides, where u then is 0. Nodes within elements
/// are eliminated element by element (static condensation); what is left couples the elements' edges, a narrow band.
/// </summary>
internal sealed class CondensedElements
{
    private readonly ElementMesh _mesh;
    private readonly int[] _inner;
    private readonly int[] _outer;
    private readonly int[] _slots;
    private readonly Part[] _parts;
    private readonly BandedCholesky _edges;
    private readonly double[] _reduced;

    /// <summary>Assembles and eliminates.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="a">Within elements, positive.</param>
    /// <param name="s">Within elements, at least 0.</param>
    /// <param name="robin">r on the sides, a u_n + a r u = 0; null where u is 0 there.</param>
    public CondensedElements(ElementMesh mesh, double[] a, double[] s, double? robin)
    {
        _mesh = mesh;
        var n = mesh.X.Element.Degree + 1;
        bool IsInner(int node) => node / n > 0 && node / n < n - 1 && node % n > 0 && node % n < n - 1;
        (_inner, _outer) = ([.. Enumerable.Range(0, n * n).Where(IsInner)], [.. Enumerable.Range(0, n * n).Where(node => !IsInner(node))]);

        // A node on an edge has a slot unless u is known there.
        _slots = new int[mesh.Count];
        Array.Fill(_slots, -1);
        for (var element = 0; element < mesh.Elements; element++)
        {
            foreach (var node in _outer)
            {
                _slots[mesh.Global(element, node)] = 0;
            }
        }

        var count = 0;
        for (var global = 0; global < _slots.Length; global++)
        {
            _slots[global] = _slots[global] < 0 || (robin is null && mesh.IsOnSide(global)) ? -1 : count++;
        }

        _reduced = new double[count];
        int[] SlotsOf(int element) => [.. _outer.Select(node => _slots[mesh.Global(element, node)])];
        var band = Enumerable.Range(0, mesh.Elements).Select(SlotsOf).Max(slots => slots.Max() - slots.Where(slot => slot >= 0).DefaultIfEmpty(slots.Max()).Min());
        _edges = new(count, band);
        _parts = new Part[mesh.Elements];
        for (var element = 0; element < mesh.Elements; element++)
        {
            var matrix = mesh.Stiffness(element, a);
            for (var node = 0; node < n * n; node++)
            {
                var k = (element * n * n) + node;
                matrix[node, node] += (s[k] * mesh.Weight(element, node)) + ((robin ?? 0) * a[k] * mesh.SideWeight(element, node));
            }

            _parts[element] = Eliminate(matrix);
            var slots = SlotsOf(element);
            for (var i = 0; i < _outer.Length; i++)
            {
                for (var j = 0; j < _outer.Length; j++)
                {
                    if (slots[j] >= 0 && slots[i] >= slots[j])
                    {
                        _edges.Add(slots[i], slots[j], matrix[_outer[i], _outer[j]] - TensorPrimitives.Dot<double>(_parts[element].Coupling[i], _parts[element].Solved[j]));
                    }
                }
            }
        }

        _edges.Factor();
    }

    /// <summary>u at the nodes.</summary>
    /// <param name="load">∫ f v (<see cref="ElementMesh.Load"/>).</param>
    public double[] Solve(ReadOnlySpan<double> load)
    {
        var (u, right) = (new double[load.Length], new double[_inner.Length]);
        for (var global = 0; global < load.Length; global++)
        {
            if (_slots[global] >= 0)
            {
                _reduced[_slots[global]] = load[global];
            }
        }

        for (var element = 0; element < _parts.Length; element++)
        {
            Inner(element, load, right);
            for (var i = 0; i < _outer.Length; i++)
            {
                if (_slots[_mesh.Global(element, _outer[i])] is >= 0 and var slot)
                {
                    _reduced[slot] -= TensorPrimitives.Dot<double>(_parts[element].Solved[i], right);
                }
            }
        }

        _edges.Solve(_reduced);
        for (var global = 0; global < load.Length; global++)
        {
            u[global] = _slots[global] >= 0 ? _reduced[_slots[global]] : 0;
        }

        for (var element = 0; element < _parts.Length; element++)
        {
            Inner(element, load, right);
            _parts[element].Inner.Solve(right);
            for (var i = 0; i < _outer.Length; i++)
            {
                TensorPrimitives.MultiplyAdd(_parts[element].Solved[i], -u[_mesh.Global(element, _outer[i])], right, right);
            }

            for (var i = 0; i < _inner.Length; i++)
            {
                u[_mesh.Global(element, _inner[i])] = right[i];
            }
        }

        return u;
    }

    private void Inner(int element, ReadOnlySpan<double> load, Span<double> right)
    {
        for (var i = 0; i < right.Length; i++)
        {
            right[i] = load[_mesh.Global(element, _inner[i])];
        }
    }

    private Part Eliminate(double[,] matrix)
    {
        var inner = new BandedCholesky(_inner.Length, Math.Max(0, _inner.Length - 1));
        for (var i = 0; i < _inner.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                inner.Add(i, j, matrix[_inner[i], _inner[j]]);
            }
        }

        inner.Factor();
        double[][] coupling = [.. _outer.Select(outer => _inner.Select(node => matrix[node, outer]).ToArray())];
        double[][] solved = [.. coupling.Select(column => (double[])[.. column])];
        foreach (var column in solved)
        {
            inner.Solve(column);
        }

        return new(inner, coupling, solved);
    }

    /// <summary>Of an element: the factor of its inner nodes A, their coupling B to each outer one, and A⁻¹B.</summary>
    private sealed record Part(BandedCholesky Inner, double[][] Coupling, double[][] Solved);
}
