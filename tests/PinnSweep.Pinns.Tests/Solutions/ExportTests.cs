using System.Buffers.Binary;
using System.Text.Json.Nodes;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Training.Exports;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Pinns.Tests.Solutions;

public class ExportTests
{
    [Fact]
    public void Safetensors_hold_every_parameter_under_the_name_of_its_layer()
    {
        using var solution = TrainedSolution.Of(Solved.Train(Solved.Describe("burgers", "{kind: mlp, hidden: [10, 7]}", precision: Precision.Float32)));

        var file = SafeTensorsFile.Write(solution);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        var header = JsonNode.Parse(file.AsSpan(8, length))!.AsObject();
        var weights = header.Single(entry => entry.Value!["shape"] is JsonArray { Count: 2 } shape && (int)shape[0]! == 7).Value!;
        var offset = 8 + length + (int)weights["data_offsets"]![0]!;

        Assert.Equal(0, length % 8);
        Assert.Equal("F32", (string)weights["dtype"]!);
        Assert.Equal(10, (int)weights["shape"]![1]!);
        Assert.Equal(4 * 70, (int)weights["data_offsets"]![1]! - (int)weights["data_offsets"]![0]!);
        var second = solution.Networks[0].Blocks.Single(block => block.Length == 70);
        Assert.Equal(
            solution.Saved.Parts[0].Theta.Slice(second.Offset, 70).Select(value => (float)value),
            Enumerable.Range(0, 70).Select(i => BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(offset + (4 * i)))));
        Assert.Equal(file.Length - 8 - length, header.Where(entry => entry.Key != "__metadata__").Max(entry => (int)entry.Value!["data_offsets"]![1]!));
        Assert.Equal("x,t", (string)header["__metadata__"]!["coordinates"]!);
        Assert.Equal("dense", (string)JsonNode.Parse((string)header["__metadata__"]!["graph"]!)![0]!["nodes"]![1]!["kind"]!);
    }

    [Fact]
    public void Json_can_be_followed_by_hand_to_the_value_of_the_network()
    {
        using var solution = TrainedSolution.Of(Solved.Train(Solved.Describe("burgers", "{kind: mlp, hidden: [3], hard: true}")));
        using var values = solution.Prepare([Expr.OutputOf(0, 2)]);
        var expected = new double[1];
        double[] point = [0.3, 0.6];
        values.At(point, expected);

        var json = JsonNode.Parse(NetworkJson.Write(solution))!;
        var nodes = json["parts"]![0]!["nodes"]!.AsArray();
        double[] Numbers(int node, string name) => [.. nodes[node]![name]!.AsArray().Select(value => (double)value!)];
        double[] Layer(int node, double[] from) =>
            [.. Numbers(node, "bias").Select((bias, i) => bias + from.Select((value, j) => value * Numbers(node, "weight")[(i * from.Length) + j]).Sum())];
        double[] input = [.. point.Select((value, i) => (value * Numbers(0, "scale")[i]) + Numbers(0, "shift")[i])];
        var network = Layer(3, [.. Layer(1, input).Select(Math.Tanh)])[0];

        Assert.Equal(["input", "dense", "activation", "dense"], nodes.Select(node => (string)node!["kind"]!));
        Assert.Equal("tanh", (string)nodes[2]!["function"]!);
        Assert.Contains("x", (string)json["ansatz"]![0]!["multiplier"]!, StringComparison.Ordinal);
        var problem = solution.Problem;
        Assert.Equal(expected[0], new PointFormula(problem.Ansatz[0].Lift).At(point)!.Value + (new PointFormula(problem.Ansatz[0].Multiplier).At(point)!.Value * network), 1e-12);
    }
}
