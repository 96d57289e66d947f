//! A CPU renderer for `egui_kittest`.
//!
//! The renderer that ships with `egui_kittest` needs a GPU driver, which a build machine may lack,
//! and no two drivers agree to the last bit. This one runs anywhere. Coverage is decided in whole
//! numbers and each color is rounded once, so the same frame gives the same image on every run.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use eframe::egui;
use egui::epaint::{Primitive, Vertex};
use egui::{Color32, ColorImage, ImageData, Rect, TextureId, TexturesDelta};
use image::RgbaImage;

/// Positions are snapped to 1/256 of a pixel, as GPUs do. Whole-number edge tests then leave
/// neither a gap nor a doubly painted pixel between two triangles that share an edge.
const SUBPIXELS: f32 = 256.0;
/// One pixel in snapped units.
const PIXEL: i64 = SUBPIXELS as i64;
/// Snapped positions stay within this bound, so that the edge products fit in an `i64`.
const LIMIT: f32 = (1 << 28) as f32;

/// What a triangle interpolates: red, green, blue, alpha (0 to 255), then the texel position.
type Varying = [f32; 6];

/// Paints egui's meshes into an image in memory.
///
/// Textures are always sampled bilinearly and clamped at the edge, which is what fonts and plain
/// images ask for; the other filter and wrap modes are not supported.
#[derive(Default)]
pub(crate) struct SoftRenderer {
    textures: HashMap<TextureId, ColorImage>,
    /// A frame may still paint a texture that it frees, so a free waits for the next frame.
    to_free: Vec<TextureId>,
}

impl egui_kittest::TestRenderer for SoftRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for id in self.to_free.drain(..) {
            self.textures.remove(&id);
        }
        // Draining also empties the delta, which panics if it is dropped with entries left.
        for (id, changes) in delta.set.drain() {
            for change in changes {
                let ImageData::Color(patch) = change.image;
                match change.pos {
                    None => {
                        self.textures.insert(id, Arc::unwrap_or_clone(patch));
                    }
                    Some(pos) => {
                        if let Some(texture) = self.textures.get_mut(&id) {
                            copy_patch(texture, &patch, pos);
                        }
                    }
                }
            }
        }
        self.to_free.extend(delta.free.drain());
    }

    fn render(&mut self, ctx: &egui::Context, output: &egui::FullOutput) -> Result<RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let mut canvas = Canvas::new(size.x.round() as usize, size.y.round() as usize);
        for clipped in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = clipped.primitive else {
                return Err("a paint callback needs a GPU".to_owned());
            };
            let texture =
                self.textures.get(&mesh.texture_id).ok_or_else(|| format!("no texture {:?}", mesh.texture_id))?;
            if texture.pixels.is_empty() {
                continue;
            }
            let clip = canvas.pixel_clip(clipped.clip_rect, scale);
            for corners in mesh.indices.chunks_exact(3) {
                let corners = [0, 1, 2].map(|i| mesh.vertices[corners[i] as usize]);
                canvas.triangle(corners, texture, scale, &clip);
            }
        }
        canvas.into_image()
    }
}

/// Overwrites the part of `texture` that starts at `pos`; glyphs reach the font atlas this way.
fn copy_patch(texture: &mut ColorImage, patch: &ColorImage, [left, top]: [usize; 2]) {
    let (stride, width) = (texture.width(), patch.width());
    for y in 0..patch.height() {
        let to = (top + y) * stride + left;
        texture.pixels[to..to + width].copy_from_slice(&patch.pixels[y * width..(y + 1) * width]);
    }
}

/// The columns and rows that may be painted.
struct Clip {
    x: Range<i64>,
    y: Range<i64>,
}

/// One directed edge of a triangle. Its value is positive inside, zero on the edge, and grows by
/// `step` from one pixel to the next on its right.
struct Edge {
    from: [i64; 2],
    along: [i64; 2],
    step: i64,
    /// One for a bottom or right edge, so that a pixel center on a shared edge is painted once.
    bias: i64,
}

impl Edge {
    fn new(from: [i64; 2], to: [i64; 2]) -> Self {
        let along = [to[0] - from[0], to[1] - from[1]];
        let top_left = along[1] < 0 || (along[1] == 0 && along[0] > 0);
        let (step, bias) = (-along[1] * PIXEL, i64::from(!top_left));
        Self { from, along, step, bias }
    }

    /// The value at the center of the first pixel of a row.
    fn at_row(&self, y: i64) -> i64 {
        let center = PIXEL / 2;
        self.along[0] * (y * PIXEL + center - self.from[1]) - self.along[1] * (center - self.from[0])
    }

    /// The part of `span` on the inner side, where `value` is the edge's value at the row's start.
    /// Solving for the ends beats testing each pixel, above all for the long thin triangles of lines.
    fn narrow(&self, value: i64, span: &mut Range<i64>) {
        let value = value - self.bias;
        match self.step {
            0 if value < 0 => span.end = span.start,
            0 => {}
            step if step > 0 => span.start = span.start.max(-value.div_euclid(step)),
            step => span.end = span.end.min(value.div_euclid(-step) + 1),
        }
    }
}

/// The image being painted, in premultiplied sRGB as egui's own colors are.
struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
}

impl Canvas {
    fn new(width: usize, height: usize) -> Self {
        let pixels = vec![Color32::TRANSPARENT; width * height];
        Self { width, height, pixels }
    }

    /// Rounds a clip rectangle to pixels just as egui's GPU backends do.
    fn pixel_clip(&self, rect: Rect, scale: f32) -> Clip {
        let range = |min: f32, max: f32, size: usize| {
            let bound = |v: f32| ((v * scale).round() as i64).clamp(0, size as i64);
            bound(min)..bound(max)
        };
        let x = range(rect.min.x, rect.max.x, self.width);
        let y = range(rect.min.y, rect.max.y, self.height);
        Clip { x, y }
    }

    fn triangle(&mut self, mut v: [Vertex; 3], texture: &ColorImage, scale: f32, clip: &Clip) {
        let snap = |p: f32| (p * scale * SUBPIXELS).round().clamp(-LIMIT, LIMIT) as i64;
        let mut at = v.map(|v| [snap(v.pos.x), snap(v.pos.y)]);
        let mut area = (at[1][0] - at[0][0]) * (at[2][1] - at[0][1]) - (at[1][1] - at[0][1]) * (at[2][0] - at[0][0]);
        if area == 0 || v.iter().all(|v| v.color == Color32::TRANSPARENT) {
            return;
        }
        // egui winds triangles either way; the edge tests want one.
        if area < 0 {
            area = -area;
            v.swap(1, 2);
            at.swap(1, 2);
        }
        // The edge at each index is the one opposite the corner, so its value is that corner's weight.
        let edges = [(1, 2), (2, 0), (0, 1)].map(|(from, to)| Edge::new(at[from], at[to]));
        let corners = v.map(|v| varying(&v, texture));
        let mix = |values: [i64; 3]| {
            let [a, b, c] = values.map(|value| value as f32 / area as f32);
            let mut sum = [0.0; 6];
            for (i, sum) in sum.iter_mut().enumerate() {
                *sum = a * corners[0][i] + b * corners[1][i] + c * corners[2][i];
            }
            sum
        };
        let step = mix([edges[0].step, edges[1].step, edges[2].step]);

        // Most triangles, the anti-aliased rims of shapes included, use a single texel.
        let one_texel = v[0].uv == v[1].uv && v[0].uv == v[2].uv;
        let texel = if one_texel { sample(texture, corners[0][4], corners[0][5]) } else { None };
        if one_texel && texel.is_none() {
            return;
        }
        let one_color = v[0].color == v[1].color && v[0].color == v[2].color;
        let solid = texel.filter(|_| one_color).map(|texel| shade(&corners[0], texel));

        let (top, bottom) = at.iter().fold((i64::MAX, i64::MIN), |(top, bottom), p| {
            (top.min(p[1].div_euclid(PIXEL)), bottom.max(p[1].div_euclid(PIXEL) + 1))
        });
        for y in top.max(clip.y.start)..bottom.min(clip.y.end) {
            let values = [edges[0].at_row(y), edges[1].at_row(y), edges[2].at_row(y)];
            let mut span = clip.x.clone();
            for (edge, value) in edges.iter().zip(values) {
                edge.narrow(value, &mut span);
            }
            if span.is_empty() {
                continue;
            }
            let row = y as usize * self.width;
            let row = &mut self.pixels[row + span.start as usize..row + span.end as usize];
            if let Some(color) = solid {
                if color[3] >= 255.0 {
                    row.fill(blend(Color32::TRANSPARENT, color));
                } else {
                    row.iter_mut().for_each(|pixel| *pixel = blend(*pixel, color));
                }
                continue;
            }
            let first = mix([0, 1, 2].map(|i| values[i] + edges[i].step * span.start));
            for (i, pixel) in row.iter_mut().enumerate() {
                let mut now = first;
                for (now, step) in now.iter_mut().zip(step) {
                    *now += step * i as f32;
                }
                if let Some(texel) = texel.or_else(|| sample(texture, now[4], now[5])) {
                    *pixel = blend(*pixel, shade(&now, texel));
                }
            }
        }
    }

    /// PNG wants straight alpha, so the colors are divided by their alpha again.
    fn into_image(self) -> Result<RgbaImage, String> {
        let bytes = self.pixels.iter().flat_map(Color32::to_srgba_unmultiplied).collect();
        RgbaImage::from_raw(self.width as u32, self.height as u32, bytes)
            .ok_or_else(|| "the image is too large".to_owned())
    }
}

fn varying(vertex: &Vertex, texture: &ColorImage) -> Varying {
    let [r, g, b, a] = vertex.color.to_array().map(f32::from);
    // Texel centers lie at half steps; moving them to whole steps makes sampling a plain floor.
    let u = vertex.uv.x * texture.width() as f32 - 0.5;
    let v = vertex.uv.y * texture.height() as f32 - 0.5;
    [r, g, b, a, u, v]
}

/// The bilinear mix of four texels, or `None` where it would paint nothing: most of a glyph's
/// rectangle is empty, and skipping it saves most of the work.
fn sample(texture: &ColorImage, u: f32, v: f32) -> Option<[f32; 4]> {
    let (right, bottom) = (texture.width() - 1, texture.height() - 1);
    let (u, v) = (u.clamp(0.0, right as f32), v.clamp(0.0, bottom as f32));
    let (x, y) = (u as usize, v as usize);
    let (fx, fy) = (u - x as f32, v - y as f32);
    let (upper, lower) = (y * (right + 1), (y + 1).min(bottom) * (right + 1));
    let next = (x + 1).min(right);
    let texels = [upper + x, upper + next, lower + x, lower + next].map(|i| texture.pixels[i]);
    if texels == [Color32::TRANSPARENT; 4] {
        return None;
    }
    let shares = [(1.0 - fx) * (1.0 - fy), fx * (1.0 - fy), (1.0 - fx) * fy, fx * fy];
    let mut sum = [0.0; 4];
    for (texel, share) in texels.iter().zip(shares) {
        for (sum, channel) in sum.iter_mut().zip(texel.to_array()) {
            *sum += share * f32::from(channel);
        }
    }
    Some(sum)
}

/// Vertex color times texel. egui defines the product on gamma-encoded values: text has its
/// intended weight only that way.
fn shade(varying: &Varying, texel: [f32; 4]) -> [f32; 4] {
    let [r, g, b, a] = texel;
    let [vr, vg, vb, va, ..] = *varying;
    [vr * r / 255.0, vg * g / 255.0, vb * b / 255.0, va * a / 255.0]
}

/// Premultiplied "over". A zero alpha with color left is egui's additive blending and falls out of
/// the same formula; the cast saturates, so overflow turns into full brightness.
fn blend(below: Color32, above: [f32; 4]) -> Color32 {
    let keep = 1.0 - (above[3] / 255.0).clamp(0.0, 1.0);
    let mut out = below.to_array();
    for (out, above) in out.iter_mut().zip(above) {
        *out = (above + f32::from(*out) * keep + 0.5) as u8;
    }
    let [r, g, b, a] = out;
    Color32::from_rgba_premultiplied(r, g, b, a)
}
