using System.Runtime.InteropServices;
using PinnSweep.Jets.Engines.Torch;
using PinnSweep.Studies.Catalogs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace PinnSweep.Benchmarks;

/// <summary>
/// The baseline: what a user of PyTorch writes. Linear modules, one leaf a coordinate, u_x and u_xx by <c>autograd.grad</c> with
/// <c>create_graph</c>, the plate by the Laplacian of the Laplacian, then <c>loss.backward()</c>.
/// </summary>
internal sealed class NestedAutograd : IDisposable
{
    private readonly EngineShape _shape;
    private readonly ScalarType _type;
    private readonly List<Tensor> _parameters = [];
    private readonly List<Linear> _linears = [];
    private readonly List<Parameter> _blends = [];
    private readonly Tensor _frequencies;
    private Tensor _first = null!;
    private Tensor _second = null!;
    private Tensor _boundary = null!;

    /// <summary>
    /// Builds the modules with the graph's θ, kept on one thread inside an operation as by <see cref="NativeTorch"/>, and takes the points,
    /// row-major n × 2.
    /// </summary>
    public NestedAutograd(EngineShape shape, Precision precision, ReadOnlySpan<double> points, ReadOnlySpan<double> theta)
    {
        NativeTorch.Load();
        _shape = shape;
        _type = precision == Precision.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        _frequencies = Persist(shape.Frequencies(), -1, 2).t();
        SetPoints(points);
        var blocks = shape.Graph().Blocks;
        for (var i = 0; i < blocks.Length; i++)
        {
            if (blocks[i].Name.EndsWith("alpha", StringComparison.Ordinal))
            {
                _blends.Add(new Parameter(torch.tensor([theta[blocks[i].Offset]], _type)));
                _parameters.Add(_blends[^1]);
                continue;
            }

            var (weight, bias) = (blocks[i], blocks[++i]);
            var linear = nn.Linear(weight.Length / bias.Length, bias.Length, dtype: _type);
            Set(linear.weight!, theta.Slice(weight.Offset, weight.Length));
            Set(linear.bias!, theta.Slice(bias.Offset, bias.Length));
            _linears.Add(linear);
            _parameters.AddRange([linear.weight!, linear.bias!]);
        }
    }

    /// <summary>Takes other points: those of the residual, then those of the boundary if the shape has one.</summary>
    public void SetPoints(ReadOnlySpan<double> points)
    {
        var interior = (points.Length / 2) - _shape.BoundaryPoints;
        var (first, second) = (new double[interior], new double[interior]);
        for (var i = 0; i < interior; i++)
        {
            (first[i], second[i]) = (points[2 * i], points[(2 * i) + 1]);
        }

        DisposePoints();
        _first = Persist(first, -1, 1).requires_grad_();
        _second = Persist(second, -1, 1).requires_grad_();
        _boundary = Persist(points[(2 * interior)..].ToArray(), _shape.BoundaryPoints, 2);
    }

    /// <summary>One training step without the optimizer: the loss, and its gradient in the parameters' <c>grad</c>.</summary>
    public double Step()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var parameter in _parameters)
        {
            parameter.grad = null;
        }

        var loss = Residual().Squared().mean();
        if (_shape.BoundaryPoints > 0)
        {
            loss = loss.Plus(Network(_boundary).Squared().mean());
        }

        loss.backward();
        return loss.Entry();
    }

    /// <summary>
    /// A round of RAD: takes some of the candidates as points, drawn without replacement by |r|/mean |r| + 1.
    /// </summary>
    public void Redraw(ReadOnlySpan<double> candidates, int count)
    {
        using var scope = torch.NewDisposeScope();
        SetPoints(candidates);
        var magnitudes = Residual().detach().abs().flatten();
        var chosen = torch.multinomial(magnitudes.div(magnitudes.mean()).Plus(1), count);
        var (first, second) = (_first.detach().index_select(0, chosen), _second.detach().index_select(0, chosen));
        DisposePoints();
        _first = first.DetachFromDisposeScope().requires_grad_();
        _second = second.DetachFromDisposeScope().requires_grad_();
        _boundary = Persist([], 0, 2);
    }

    /// <summary>The gradient of the last step, in the graph's order.</summary>
    public void CopyGradient(Span<double> gradient)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var parameter in _parameters)
        {
            // The residual of the plate does not see the last bias: no gradient at all.
            var plain = (parameter.grad ?? torch.zeros_like(parameter)).to(ScalarType.Float64).contiguous();
            MemoryMarshal.Cast<byte, double>(plain.bytes).CopyTo(gradient);
            gradient = gradient[(int)parameter.numel()..];
        }
    }

    public void Dispose()
    {
        foreach (var linear in _linears)
        {
            linear.Dispose();
        }

        foreach (var blend in _blends)
        {
            blend.Dispose();
        }

        _frequencies.Dispose();
        DisposePoints();
    }

    private void DisposePoints()
    {
        _first?.Dispose();
        _second?.Dispose();
        _boundary?.Dispose();
    }

    private static Tensor[] Differentiate(Tensor of, params Tensor[] by) => [.. torch.autograd.grad([of], by, [torch.ones_like(of)], retain_graph: true, create_graph: true)];

    private Tensor Residual() => _shape.Problem switch
    {
        ShapeProblem.Burgers => Burgers(),
        ShapeProblem.Plate => Plate(),
        ShapeProblem.AllenCahn => AllenCahn(),
        _ => Helmholtz(),
    };

    private Tensor AllenCahn()
    {
        var u = Network();
        var first = Differentiate(u, _first, _second);
        var second = Differentiate(first[0], _first)[0];
        return first[1].Minus(second.Times(1e-4)).Minus(u.Minus(u.Power(3)).Times(5));
    }

    private Tensor Burgers()
    {
        var u = Network();
        var first = Differentiate(u, _first, _second);
        var second = Differentiate(first[0], _first)[0];
        return first[1].Plus(u.Times(first[0])).Minus(second.Times(0.01 / Math.PI));
    }

    private Tensor Plate() => Laplacian(Laplacian(Network())).Minus(_first.Times(Math.PI).sin().Times(_second.Times(Math.PI).sin()));

    private Tensor Helmholtz()
    {
        var u = Network();
        return Laplacian(u).Plus(u).Minus(_first.Times(Math.PI).sin().Times(_second.Times(4 * Math.PI).sin()).Times(EngineShape.HelmholtzSource));
    }

    private Tensor Laplacian(Tensor u)
    {
        var first = Differentiate(u, _first, _second);
        return Differentiate(first[0], _first)[0].Plus(Differentiate(first[1], _second)[0]);
    }

    private Tensor Network() => Network(torch.cat([_first, _second], 1));

    private Tensor Network(Tensor x)
    {
        var linears = new Queue<Linear>(_linears);
        Tensor Layer(Tensor h) => linears.Dequeue().forward(h).tanh();
        if (_shape.Network == ShapeNetwork.Mlp)
        {
            for (var layer = 0; layer < _shape.Layers; layer++)
            {
                x = Layer(x);
            }

            return linears.Dequeue().forward(x);
        }

        if (_shape.Network == ShapeNetwork.PirateNet)
        {
            var wave = torch.matmul(x, _frequencies);
            x = torch.cat([wave.cos(), wave.sin()], 1);
        }

        var (u, v) = (Layer(x), Layer(x));
        Tensor Gate(Tensor g) => g.Times(u).Plus(g.From(1).Times(v));
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            x = _shape.Network == ShapeNetwork.ModifiedMlp ? Gate(Layer(x)) : Blend(_blends[layer], Layer(Gate(Layer(Gate(Layer(x))))), x);
        }

        return linears.Dequeue().forward(x);
    }

    private static Tensor Blend(Tensor alpha, Tensor h, Tensor x) => alpha.Times(h).Plus(alpha.From(1).Times(x));

    private static void Set(Tensor parameter, ReadOnlySpan<double> values)
    {
        using var mode = torch.no_grad();
        using var source = torch.tensor(values.ToArray(), parameter.dtype).view(parameter.shape);
        parameter.copy_(source);
    }

    private Tensor Persist(double[] values, long rows, long columns)
    {
        using var scope = torch.NewDisposeScope();
        return torch.tensor(values, _type).view(rows, columns).DetachFromDisposeScope();
    }
}
